import os

# The library greets on stdout when it is imported; there, a program of ours says only that it is ready.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

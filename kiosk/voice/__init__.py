"""What the kiosk says aloud: the script of a scene, the prompt bank, and the sink that sounds."""

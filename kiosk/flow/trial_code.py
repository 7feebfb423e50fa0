"""The code of the scanner's test as a picture, made once: the flow draws nothing and loads nothing.

A QR code (ISO/IEC 18004, level M) of TRIAL_CODE, eight pixels to a module, with its quiet zone.
"""

from __future__ import annotations

import base64

TRIAL_CODE_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAOgAAADoCAAAAADAwvekAAABpklEQVR42u3aQRKDIBAEwPz/08kLIjCArtrcqKKU5sIA+/m+"
    "pH1AQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBWwPC1vreWf8DBQUFBQWtAO3emP+MX7UQ6XhQUFBQUNAK0NaG3erv/h8o"
    "KCgoKOgTod0TAgUFBQUFBV0WMEBBQUFBQZ8ETRcm7d/mph4UFBQUFPTgQ2mB06qAUL5yDBQUFBQUdENrTWg0IMTzAAUFBQUF"
    "vQCabuizB/PZgAAKCgoKCloJOnrR3BsQWt9P/wMKCgoKCloBmm70qwLBbKEzKCgoKChoBWi6kY8eoLsDACgoKCgo6A2gqwqc"
    "0oP4ZTcMoKCgoKCghep1ewNHGkhAQUFBQUErQncFhvQBePRBGhQUFBQUtAJ0NiCk/VkgKCgoKChoJWhaANUbREYXeltgAAUF"
    "BQUFLQidPWjHF+mgoKCgoKAPgK46sIOCgoKCgt4Rmo7vXbDRQqsyD8GgoKCgoKAHE08LqmYLsE4/eIOCgoKCgi6EPqWBgoKC"
    "goKCgoKCgoKCgoKCgoKCgoKCgoKCgoK+HvoDfXwvOJazMtYAAAAASUVORK5CYII="
)

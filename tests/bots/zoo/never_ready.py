"""It never says that it is there."""

import time

while True:
    time.sleep(60)

"""It closes its output and stays."""

import os
import time

from zoo import *

ready()
os.close(1)
while True:
    time.sleep(60)

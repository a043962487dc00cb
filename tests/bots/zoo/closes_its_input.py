"""It does not want to hear anything."""

import os
import time

from zoo import *

ready()
os.close(0)
while True:
    time.sleep(60)

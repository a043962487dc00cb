"""It ends whoever it was started by, and means to stay."""

import os
import signal
import time

from zoo import *

ready()
os.kill(os.getppid(), signal.SIGKILL)
while True:
    time.sleep(60)

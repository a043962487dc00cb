"""It starts somebody who stays, in a session of its own, and never answers."""

import os
import time

from zoo import *

ready()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv("/bin/sleep", ["sleep", "86398"])
    os._exit(0)
while True:
    time.sleep(60)

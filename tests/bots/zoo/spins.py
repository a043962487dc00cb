"""It thinks for ever."""

from zoo import *

ready()
while True:
    pass

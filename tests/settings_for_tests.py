"""The settings of a test run: the product's own, on a home that vanishes.

HUFU_TEST_DATABASE_URL names the database server; without it SQLite in memory serves.
"""

import atexit
import base64
import os
import shutil
import tempfile

KEPT = {
    "HUFU_TEST_DATABASE_URL",
    "HUFU_REQUIRE",
    "HUFU_CHROMIUM",
    "HUFU_PYTHON",
    "HUFU_SCREENSHOTS",
}
for name in [n for n in os.environ if n.startswith("HUFU_") and n not in KEPT]:
    del os.environ[name]

home = tempfile.mkdtemp(prefix="hufu-test-")
atexit.register(shutil.rmtree, home, ignore_errors=True)
os.environ["HUFU_HOME"] = home
os.environ["HUFU_STORAGE_KEY"] = base64.b64encode(bytes(32)).decode()
os.environ["HUFU_LOG_KEY"] = base64.b64encode(bytes(32)).decode()
if url := os.environ.get("HUFU_TEST_DATABASE_URL"):
    os.environ["HUFU_DATABASE_URL"] = url

from config.settings import *  # noqa: E402, F403 - the environment had to come first

# One round instead of a hundred thousand: tests sign in often, and guard nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

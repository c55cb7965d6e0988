"""Stores for tests: memory, and memory that dies at a chosen write."""


class Died(BaseException):
    """The process is gone. Not an Exception: nothing in the house may catch it."""


class Memory:
    def __init__(self, files=None):
        self.files = dict(files or {})

    def read(self, path):
        try:
            return self.files[path]
        except KeyError:
            raise FileNotFoundError(path) from None

    def write(self, path, data):
        self.files[path] = data

    def write_all(self, files):
        for path, data in files.items():
            self.write(path, data)


class Mortal(Memory):
    """Shares its files with whoever comes after; dies before or after a write.

    Many files at once come in any order, as they do on a disk with several writers.
    """

    def __init__(self, files, deaths=(), shuffle=lambda _: None):
        self.files = files
        self.shuffle = shuffle
        self.deaths = dict(deaths)
        self.writes = 0
        self.signed = []

    def write_all(self, files):
        order = list(files)
        self.shuffle(order)
        super().write_all({path: files[path] for path in order})

    def write(self, path, data):
        fate = self.deaths.get(self.writes)
        self.writes += 1
        if fate == "before":
            raise Died
        super().write(path, data)
        if path in {"commit", "checkpoint"}:
            self.signed.append((path, data))
        if fate == "after":
            raise Died

"""A real Chromium for tests, driven over a pipe with its own DevTools protocol.

No driver package and no port: the browser reads commands from one pipe and writes answers and
events to another. Every address it asks for is kept.
"""

import base64
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


def find_chromium():
    """Give the path of Chromium, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One window; close it when done.

    Args:
        profile: an empty folder for what the browser writes.
    """

    def __init__(self, profile: Path, width: int = 1440, height: int = 900):
        commands, self._write = os.pipe()
        self._read, answers = os.pipe()
        # The protocol's pipes are descriptors 3 and 4 of the browser. Other shells than bash
        # cannot name a descriptor above 9.
        line = f'exec "$@" 3<&{commands} 4>&{answers}'
        program = [find_chromium(), *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", line, "bash", *program],
            pass_fds=(commands, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._rest = b""
        self._number = 0
        self._session = None
        self.events = []
        try:
            self._attach()
            self.resize(width, height)
        except BaseException:
            self.close()
            raise

    def close(self):
        """End the browser."""
        self._process.terminate()
        self._process.wait(20)
        os.close(self._write)
        os.close(self._read)

    @property
    def requests(self):
        """Every address asked for so far, `data:` aside."""
        sent = (
            one["params"] for one in self.events if one["method"] == "Network.requestWillBeSent"
        )
        addresses = [one["request"]["url"] for one in sent]
        return [one for one in addresses if not one.startswith("data:")]

    @property
    def complaints(self):
        """What the console said that is no mere note: errors and blocked content."""
        entries = [one["params"] for one in self.events if one["method"] == "Log.entryAdded"]
        thrown = [
            one["params"] for one in self.events if one["method"] == "Runtime.exceptionThrown"
        ]
        return [str(one) for one in thrown] + [
            one["entry"]["text"] for one in entries if one["entry"]["level"] == "error"
        ]

    def resize(self, width, height):
        """Set the size of the view in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", **size)

    def scripts(self, allowed):
        """Switch JavaScript on or off for what is opened next."""
        self.command("Emulation.setScriptExecutionDisabled", value=not allowed)

    def open(self, address):
        """Open an address and wait until everything on it is loaded."""
        seen = len(self.events)
        self.command("Page.navigate", url=address)
        self._await_load(seen)

    def leave_by(self, expression):
        """Run a script that leaves the page, and wait for the next one."""
        seen = len(self.events)
        self.command("Runtime.evaluate", expression=expression, userGesture=True)
        self._await_load(seen)

    def value(self, expression):
        """Give the value of a JavaScript expression on the page."""
        answer = self.command(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        return answer["result"].get("value")

    def wait_for(self, expression, seconds=30):
        """Wait until an expression is true on the page."""
        until = time.monotonic() + seconds
        while not self.value(f"Boolean({expression})"):
            assert time.monotonic() < until, f"never true: {expression}"

    def picture(self, path: Path):
        """Write what is seen as a PNG."""
        shot = self.command("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def command(self, method, **parameters):
        """Send one command and give its answer; events that come before it are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]

    def _attach(self):
        pages = self.command("Target.getTargets")["targetInfos"]
        page = next(one["targetId"] for one in pages if one["type"] == "page")
        attached = self.command("Target.attachToTarget", targetId=page, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.command(f"{domain}.enable")

    def _await_load(self, seen):
        while not any(one["method"] == "Page.loadEventFired" for one in self.events[seen:]):
            self._next()

    def _next(self):
        while b"\0" not in self._rest:
            part = os.read(self._read, 1 << 20)
            assert part, "the browser has gone"
            self._rest += part
        whole, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(whole)
        if "method" in message:
            self.events.append(message)
        return message

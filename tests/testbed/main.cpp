// SPDX-License-Identifier: GPL-3.0-or-later
// Real clusters by hand. They end with this program: on "quit", on the end of its input, or on SIGINT and SIGTERM; with
// --detach it goes to the background, and only the last two and "testbed tell FOLDER quit" end it.
#include "tests/support/testbed.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

constexpr const char* usage =
    "usage: testbed up [--old] [--bare] [--nodes N] [--pods N] [--detach] FOLDER CLUSTER...\n"
    "       testbed tell FOLDER COMMAND\n"
    "COMMAND, also on the standard input of `up`: stop|kill|start|pause|resume CLUSTER SERVER, pods CLUSTER N,\n"
    "       up CLUSTER, down CLUSTER, quit; SERVER: etcd, kube-apiserver, kube-controller-manager, kube-scheduler,\n"
    "       kwok, nodeagent\n"
    "--old: the oldest API server; --bare: etcd and API server alone\n"
    "FOLDER/kubeconfig has the contexts CLUSTER-admin, CLUSTER-alice and CLUSTER-exec.\n";

volatile sig_atomic_t ended = 0;

struct Wish {
    testbed::ClusterOptions options;
    int pods = 0;
    bool detach = false;
    fs::path folder;
    std::vector<std::string> names;
};

bool toNumber(const std::string& text, int& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read(const std::vector<std::string>& words, Wish& wish) {
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--old")
            wish.options.version = testbed::ApiVersion::Oldest;
        else if (word == "--bare")
            wish.options.beside = testbed::Beside::Nothing;
        else if (word == "--detach")
            wish.detach = true;
        else if (word == "--nodes" || word == "--pods") {
            if (++i == words.size() || !toNumber(words[i], word == "--pods" ? wish.pods : wish.options.nodes))
                return false;
        } else if (word.starts_with("-"))
            return false;
        else if (wish.folder.empty())
            wish.folder = word;
        else
            wish.names.push_back(word);
    }
    return !wish.names.empty();
}

/// Carries out one line; says in one line how it went.
std::string obey(testbed::Testbed& bed, const std::string& line, const testbed::ClusterOptions& options) {
    std::istringstream words(line);
    std::string verb;
    std::string name;
    std::string what;
    words >> verb >> name >> what;
    if (verb == "up")
        return bed.up({name}, options);
    if (!bed.has(name))
        return "no cluster named " + name;
    testbed::Cluster& cluster = bed.cluster(name);
    if (verb == "down") {
        bed.down(name);
        return {};
    }
    if (verb == "pods") {
        int count = 0;
        return toNumber(what, count) ? cluster.fillWithPods(count) : "how many pods?";
    }
    for (std::size_t i = 0; i < testbed::serverCount; ++i) {
        const auto server = static_cast<testbed::Server>(i);
        if (what != testbed::toString(server) && "kube-" + what != testbed::toString(server))
            continue;
        if (verb == "stop")
            cluster.stop(server);
        else if (verb == "kill")
            cluster.kill(server);
        else if (verb == "pause")
            cluster.pause(server);
        else if (verb == "resume")
            cluster.resume(server);
        else if (verb == "start")
            return cluster.start(server) ? "" : "does not get ready";
        else
            break;
        return {};
    }
    return "cannot " + line;
}

/// Commands from our input and from FOLDER/control, until quit or a signal.
void serve(testbed::Testbed& bed, const Wish& wish) {
    const std::string control = (bed.folder() / "control").string();
    ::unlink(control.c_str());
    ::mkfifo(control.c_str(), 0600);
    const int fifo = ::open(control.c_str(), O_RDWR | O_CLOEXEC); // for writing too: so it never reports its end
    std::array<std::string, 2> pending;
    std::array<pollfd, 2> ends{pollfd{fifo, POLLIN, 0}, pollfd{wish.detach ? -1 : 0, POLLIN, 0}};
    while (ended == 0) {
        if (::poll(ends.data(), ends.size(), -1) < 0)
            continue;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].revents == 0)
                continue;
            std::array<char, 4096> buffer;
            const ssize_t size = ::read(ends[i].fd, buffer.data(), buffer.size());
            if (size <= 0)
                return;
            pending[i].append(buffer.data(), static_cast<std::size_t>(size));
            for (std::size_t end = 0; (end = pending[i].find('\n')) != std::string::npos;) {
                const std::string line = pending[i].substr(0, end);
                pending[i].erase(0, end + 1);
                if (line == "quit")
                    return;
                const std::string failed = obey(bed, line, wish.options);
                std::cout << (failed.empty() ? "ok " + line : "failed " + line + ": " + failed) << std::endl;
            }
        }
    }
}

int up(const Wish& wish) {
    int ready = -1;
    if (wish.detach) {
        std::array<int, 2> ends{-1, -1};
        if (::pipe(ends.data()) != 0)
            return 1;
        const pid_t child = ::fork();
        if (child != 0) { // what the child says until the clusters are up is ours to show
            ::close(ends[1]);
            std::array<char, 4096> buffer;
            std::string said;
            for (ssize_t n = 0; (n = ::read(ends[0], buffer.data(), buffer.size())) > 0;)
                said.append(buffer.data(), static_cast<std::size_t>(n));
            std::cout << said;
            return said.starts_with("up ") ? 0 : 1;
        }
        ::setsid();
        ::close(ends[0]);
        ready = ends[1];
        fs::create_directories(wish.folder);
        const std::string log = (wish.folder / "testbed.log").string();
        const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::dup2(nothing, 0);
        ::dup2(output, 1);
        ::dup2(output, 2);
    }
    testbed::Testbed bed(wish.folder);
    std::string failed = bed.up(wish.names, wish.options);
    for (const std::string& name : wish.names) {
        if (failed.empty() && wish.pods > 0)
            failed = bed.cluster(name).fillWithPods(wish.pods);
    }
    const std::string said = failed.empty() ? "up " + bed.kubeconfig().string() + "\n" : "testbed: " + failed + "\n";
    if (ready >= 0) {
        [[maybe_unused]] const ssize_t written = ::write(ready, said.data(), said.size());
        ::close(ready);
    } else {
        std::cout << said << std::flush;
    }
    if (!failed.empty())
        return 1;
    serve(bed, wish);
    return 0;
}

int tell(const std::vector<std::string>& words) {
    const std::string control = words[1] + "/control";
    const int fifo = ::open(control.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (fifo < 0) {
        std::cerr << "testbed: nobody listens on " << control << "\n";
        return 1;
    }
    std::string line;
    for (std::size_t i = 2; i < words.size(); ++i)
        line += (line.empty() ? "" : " ") + words[i];
    line += "\n";
    const ssize_t written = ::write(fifo, line.data(), line.size());
    ::close(fifo);
    return written == static_cast<ssize_t>(line.size()) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    Wish wish;
    if (words.size() >= 3 && words[0] == "tell")
        return tell(words);
    if (words.size() < 3 || words[0] != "up" || !read(words, wish)) {
        std::cerr << usage;
        return 2;
    }
    struct sigaction stop{};
    stop.sa_handler = [](int) { ended = 1; };
    ::sigaction(SIGINT, &stop, nullptr);
    ::sigaction(SIGTERM, &stop, nullptr);
    return up(wish);
}

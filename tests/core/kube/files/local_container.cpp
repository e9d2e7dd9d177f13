// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/kube/files/local_container.h"

#include "core/kube/streams/channel_protocol.h"

#include <QByteArray>

#include <fcntl.h>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

/// What is posted to the executor must not outlive the socket.
struct Heard {
    net::SocketSink sink;
    bool isGone = false; // on the executor alone
};

class Running final : public kube::Socket {
public:
    Running(const std::vector<std::string>& command, const std::string& path, base::Executor& executor,
            net::SocketSink sink)
        : m_executor(executor)
        , m_heard(std::make_shared<Heard>()) {
        m_heard->sink = std::move(sink);
        std::array<int, 2> input{};
        std::array<int, 2> output{};
        if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
            std::abort();
        std::vector<char*> words;
        for (const std::string& word : command)
            words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        const std::string variable = "PATH=" + path;
        std::array<char*, 2> environment{const_cast<char*>(variable.c_str()), nullptr};
        const std::string program = path + "/" + command.front();
        std::signal(SIGPIPE, SIG_IGN);
        m_child = ::fork();
        if (m_child == 0) {
            ::setpgid(0, 0);
            const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
            ::dup2(input[0], STDIN_FILENO);
            ::dup2(output[1], STDOUT_FILENO);
            ::dup2(nothing, STDERR_FILENO);
            constexpr uid_t kNobody = LocalContainer::kNobody;
            if (::getuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0))
                ::_exit(126);
            ::execve(program.c_str(), words.data(), environment.data());
            ::_exit(127);
        }
        ::close(input[0]);
        ::close(output[1]);
        m_input = input[1];
        post([](net::SocketSink& to) {
            net::Response head;
            head.headers.push_back({"Sec-WebSocket-Protocol", "v5.channel.k8s.io"});
            to.opened(std::move(head));
        });
        m_reader = std::thread([this, from = output[0]] { read(from); });
    }
    ~Running() override {
        m_heard->isGone = true;
        closeInput();
        if (!m_isOver)
            ::kill(-m_child, SIGKILL);
        m_reader.join();
    }

    bool send(net::SocketMessage message) override {
        const auto channel = static_cast<kube::Channel>(message.data.front());
        if (channel == kube::Channel::Close) {
            closeInput();
        } else if (channel == kube::Channel::Input) {
            for (std::size_t at = 1; at < message.data.size();) {
                const ssize_t count = ::write(m_input, message.data.data() + at, message.data.size() - at);
                if (count <= 0)
                    break;
                at += static_cast<std::size_t>(count);
            }
        }
        return true;
    }
    void close() override {}

private:
    template <typename What>
    void post(What what) {
        m_executor.post([heard = m_heard, what = std::move(what)]() mutable {
            if (!heard->isGone)
                what(heard->sink);
        });
    }
    void say(kube::Channel channel, std::string_view bytes) {
        post([message = kube::channelMessage(channel, bytes)](net::SocketSink& to) {
            to.message({net::SocketMessage::Kind::Binary, message});
        });
    }
    void closeInput() {
        if (const int input = std::exchange(m_input, -1); input >= 0)
            ::close(input);
    }
    void read(int from) {
        std::string buffer(65536, '\0');
        for (ssize_t count = 1; count > 0;) {
            count = ::read(from, buffer.data(), buffer.size());
            if (count > 0)
                say(kube::Channel::Output, std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
        }
        ::close(from);
        int status = 0;
        m_isOver = true;
        ::waitpid(m_child, &status, 0);
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 137;
        say(kube::Channel::Error,
            code == 0 ? std::string(R"({"status":"Success"})")
                      : R"({"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode",)"
                        R"("message":")" +
                            std::to_string(code) + R"("}]}})");
    }

    base::Executor& m_executor;
    std::shared_ptr<Heard> m_heard;
    std::thread m_reader;
    std::atomic<bool> m_isOver = false;
    pid_t m_child = -1;
    int m_input = -1;
};

} // namespace

base::Cancel LocalContainer::send(kube::ApiRequest, base::Executor&, net::Handler<base::Result<net::Response>>) {
    return {};
}

base::Cancel LocalContainer::stream(kube::ApiRequest, base::Executor&, net::StreamSink) {
    return {};
}

std::unique_ptr<kube::Socket> LocalContainer::connect(kube::ApiRequest request, net::SocketOptions,
                                                      base::Executor& executor, net::SocketSink sink) {
    std::vector<std::string> command;
    const std::size_t query = request.target.find('?');
    for (const QByteArray& part : QByteArray::fromStdString(request.target.substr(query + 1)).split('&')) {
        if (part.startsWith("command="))
            command.push_back(QByteArray::fromPercentEncoding(part.mid(8)).toStdString());
    }
    return std::make_unique<Running>(command, m_path, executor, std::move(sink));
}

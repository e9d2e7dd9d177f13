// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/loop.h"

#include "core/net/callbacks.h"
#include "core/net/ticket.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace net {

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t connectLimitUs = 9000000;   // from the start, retries on other connections included,
constexpr std::int64_t reconnectLimitUs = 1500000; // but each of those gets this long
constexpr std::int64_t tokenLifeUs = 250000;
constexpr std::int64_t forgetEveryUs = 60000000;

std::int64_t inUs(std::chrono::milliseconds time) {
    return std::chrono::microseconds(time).count();
}

} // namespace

Loop::Loop(std::shared_ptr<Mailbox> mailbox, ProxyEnvironment environment)
    : m_mailbox(std::move(mailbox))
    , m_environment(std::move(environment))
    , m_multi(curl_multi_init())
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_timer(timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK))
    , m_nowUs(engineTimeUs())
    , m_curlDueUs(never)
    , m_armedUs(never)
    , m_forgetDueUs(m_nowUs + forgetEveryUs) {
    Callbacks::installOn(m_multi, *this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 2000L);
    curl_multi_setopt(m_multi, CURLMOPT_MAX_CONCURRENT_STREAMS, 100L);
    for (const int descriptor : {m_timer, m_mailbox->descriptor()}) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = descriptor;
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    }
}

Loop::~Loop() {
    for (const auto& [ticket, transfer] : m_transfers) {
        detach(*transfer);
        transfer->ticket->abandon();
    }
    for (const std::unique_ptr<Transfer>& transfer : m_probes)
        detach(*transfer);
    for (CURL* easy : m_pool)
        curl_easy_cleanup(easy);
    curl_multi_cleanup(m_multi);
    ::close(m_timer);
    ::close(m_epoll);
}

void Loop::run() {
    // curl is told not to touch signals, so a write to a closed connection would end the program.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    while (!m_mailbox->isClosed()) {
        wait();
        for (Command& command : m_mailbox->take())
            obey(std::move(command));
        harvest();
        fireTimers();
        pumpAll();
        wakeSockets();
        flushAll();
        if (m_nowUs >= m_forgetDueUs)
            forgetIdleEndpoints();
    }
}

void Loop::wait() {
    std::array<epoll_event, 128> events;
    armTimer();
    const bool busy = m_curlDueUs <= engineTimeUs();
    const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), busy ? 0 : -1);
    m_nowUs = engineTimeUs();
    int running = 0;
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == m_timer) {
            std::uint64_t expirations = 0;
            [[maybe_unused]] const ssize_t size = ::read(m_timer, &expirations, sizeof expirations);
            m_armedUs = never;
        } else if (event.data.fd != m_mailbox->descriptor()) {
            const bool in = (event.events & (EPOLLIN | EPOLLHUP)) != 0;
            const bool out = (event.events & EPOLLOUT) != 0;
            const bool error = (event.events & EPOLLERR) != 0;
            curl_multi_socket_action(
                m_multi, event.data.fd,
                (in ? CURL_CSELECT_IN : 0) | (out ? CURL_CSELECT_OUT : 0) | (error ? CURL_CSELECT_ERR : 0), &running);
        }
    }
    if (m_curlDueUs <= engineTimeUs()) {
        m_curlDueUs = never;
        curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
}

// Set earlier when needed, never later: a wake-up too many costs less than a system call for each change.
void Loop::armTimer() {
    std::int64_t due = std::min(m_curlDueUs, m_timers.empty() ? never : m_timers.begin()->first);
    if (due >= m_armedUs)
        return;
    m_armedUs = due;
    due = std::max<std::int64_t>(due, 1);
    itimerspec time{};
    time.it_value.tv_sec = due / 1000000;
    time.it_value.tv_nsec = due % 1000000 * 1000;
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &time, nullptr);
}

void Loop::watchSocket(curl_socket_t socket, int what, bool known) {
    epoll_event event{};
    event.data.fd = socket;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, socket, &event);
        return;
    }
    event.events = ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0u) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0u);
    if (epoll_ctl(m_epoll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event) != 0)
        epoll_ctl(m_epoll, known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
}

void Loop::obey(Command command) {
    if (command.kind == Command::Kind::Abort) {
        const auto found = m_transfers.find(command.ticket.get());
        if (found != m_transfers.end())
            finish(*found->second, std::nullopt);
        return;
    }
    if (command.kind != Command::Kind::Start) {
        const auto found = m_transfers.find(command.ticket.get());
        if (found != m_transfers.end())
            obeySocket(*found->second, std::move(command));
        return;
    }
    auto owned = std::make_unique<Transfer>();
    Transfer& transfer = *owned;
    transfer.loop = this;
    transfer.ticket = std::move(command.ticket);
    transfer.kind = command.transfer;
    transfer.askedUs = command.askedUs;
    transfer.request = std::move(command.request);
    transfer.state = &stateFor(transfer.request.endpoint);
    if (transfer.kind == TransferKind::Socket)
        transfer.webSocket = std::make_unique<SocketState>(std::move(command.socket), std::move(command.link));
    m_transfers.emplace(transfer.ticket.get(), std::move(owned));
    if (transfer.state->unusable) {
        finish(transfer, transfer.state->unusable);
        return;
    }
    if (transfer.kind == TransferKind::Inspection) {
        start(transfer);
        return;
    }
    transfer.state->waiting.push_back(&transfer);
    schedule(transfer);
    markDirty(*transfer.state);
}

void Loop::harvest() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        char* data = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &data);
        Transfer& transfer = *static_cast<Transfer*>(static_cast<void*>(data));
        transfer.code = code;
        std::optional<base::Error> error = std::move(transfer.verdict);
        const bool decided = error.has_value();
        if (!error && code != CURLE_OK)
            error = readFailure(transfer, code, (m_nowUs - transfer.startedUs) / 1000);
        if (!error && transfer.inflater && !transfer.inflater->complete()) {
            error.emplace();
            error->code = base::ErrorCode::BadResponse;
            error->message = displayAddress(transfer.state->url) + " ended a compressed body too early";
        }
        if (transfer.webSocket && !decided)
            error = socketFailure(transfer, std::move(error));
        // A transfer without an error is a success only here: everywhere else it is a cancelled one.
        if (!error)
            transfer.response.timings = readTimings(transfer);
        transfer.succeeded = !error;
        finish(transfer, std::move(error));
    }
}

void Loop::fireTimers() {
    while (!m_timers.empty() && m_timers.begin()->first <= m_nowUs) {
        Transfer& transfer = *m_timers.begin()->second;
        m_timers.erase(m_timers.begin());
        transfer.timer.reset();
        onTimer(transfer);
    }
}

void Loop::schedule(Transfer& transfer) {
    const std::int64_t due = nextDue(transfer);
    if (transfer.timer) {
        if ((*transfer.timer)->first == due)
            return;
        m_timers.erase(*transfer.timer);
        transfer.timer.reset();
    }
    if (due != never)
        transfer.timer = m_timers.emplace(due, &transfer);
}

std::int64_t Loop::nextDue(const Transfer& transfer) const {
    std::int64_t due = never;
    if (transfer.request.deadline.count() > 0 && transfer.bounded)
        due = transfer.askedUs + inUs(transfer.request.deadline);
    if (transfer.phase == Transfer::Phase::Connecting) {
        due =
            std::min(due, std::max(transfer.startedUs + connectLimitUs, transfer.connectingSinceUs + reconnectLimitUs));
        if (transfer.holdsToken)
            due = std::min(due, transfer.connectingSinceUs + tokenLifeUs);
    }
    if (transfer.webSocket)
        due = std::min(due, socketDue(transfer));
    if (transfer.phase == Transfer::Phase::Asked && transfer.state->probe == nullptr)
        due = std::min(due, askDue(transfer));
    return due;
}

void Loop::onTimer(Transfer& transfer) {
    const std::int64_t deadline = transfer.askedUs + inUs(transfer.request.deadline);
    if (transfer.request.deadline.count() > 0 && transfer.bounded && m_nowUs >= deadline) {
        dropIfMute(transfer);
        const std::int64_t waitedMs = (m_nowUs - transfer.askedUs) / 1000;
        base::Error error = readFailure(transfer, CURLE_OPERATION_TIMEDOUT, waitedMs);
        if (transfer.phase == Transfer::Phase::Waiting) {
            error.code = base::ErrorCode::TimedOut;
            error.message = "no connection to " + displayAddress(transfer.state->url) + " became free within " +
                            std::to_string(waitedMs) + " ms, beside " + std::to_string(transfer.state->requests) +
                            " requests and " + std::to_string(transfer.state->streams) + " streams";
        }
        finish(transfer, std::move(error));
        return;
    }
    if (transfer.phase == Transfer::Phase::Connecting) {
        if (m_nowUs >= std::max(transfer.startedUs + connectLimitUs, transfer.connectingSinceUs + reconnectLimitUs)) {
            finish(transfer, readFailure(transfer, CURLE_OPERATION_TIMEDOUT, (m_nowUs - transfer.startedUs) / 1000));
            return;
        }
        if (transfer.holdsToken && m_nowUs >= transfer.connectingSinceUs + tokenLifeUs)
            releaseToken(transfer);
    }
    if (transfer.phase == Transfer::Phase::Asked && m_nowUs >= askDue(transfer))
        probe(transfer);
    if (transfer.webSocket && !onSocketTimer(transfer))
        return;
    schedule(transfer);
}

void Loop::flush(Transfer& transfer) {
    if (!transfer.response.body.empty())
        transfer.ticket->deliverData(std::exchange(transfer.response.body, {}));
}

void Loop::flushAll() {
    for (Transfer* transfer : m_dirtyStreams) {
        transfer->dirty = false;
        flush(*transfer);
    }
    m_dirtyStreams.clear();
}

} // namespace net

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/watch_failure.h"

#include <algorithm>
#include <chrono>

namespace kube {

namespace {

using base::ErrorCode;
using std::chrono::milliseconds;

constexpr milliseconds kSeldomLeast(60000);
constexpr milliseconds kSeldomMost(120000);

} // namespace

RetryQueue::Wait waitAfter(const base::Error& error, base::Backoff& backoff) {
    const auto seldom = [&backoff] { return milliseconds(backoff.between(kSeldomLeast.count(), kSeldomMost.count())); };
    RetryQueue::Wait wait;
    wait.delay = backoff.next();
    switch (error.code) {
    case ErrorCode::Forbidden:
    case ErrorCode::Unsupported:
        wait.about = RetryQueue::About::Kind;
        wait.least = seldom();
        break;
    case ErrorCode::Unauthorized:
    case ErrorCode::Expired:
    case ErrorCode::PluginFailed:
        // Each attempt may run a program or open a browser.
        wait.least = seldom();
        break;
    case ErrorCode::BadInput:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
    case ErrorCode::Gone:
    case ErrorCode::Io:
    case ErrorCode::Internal:
        wait.about = RetryQueue::About::Kind;
        break;
    case ErrorCode::NameResolution:
    case ErrorCode::Refused:
    case ErrorCode::Unreachable:
    case ErrorCode::TimedOut:
    case ErrorCode::Tls:
    case ErrorCode::Throttled:
    case ErrorCode::ServerFailure:
    case ErrorCode::BadResponse:
        break;
    }
    if (error.retryAfter)
        wait.least = std::max(wait.least, *error.retryAfter + milliseconds(backoff.between(0, 200)));
    return wait;
}

WatchPhase phaseAfter(const base::Error& error) {
    switch (error.code) {
    case ErrorCode::Forbidden:
        return WatchPhase::Forbidden;
    case ErrorCode::Unsupported:
        return WatchPhase::Unserved;
    default:
        return WatchPhase::Waiting;
    }
}

} // namespace kube

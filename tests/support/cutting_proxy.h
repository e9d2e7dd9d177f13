// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

/// Stands between a client and a server on loopback and plays a bad network: passes bytes on until told to cut all
/// connections (reset, in the middle of whatever goes by) or to stall (keeps connections, passes nothing, answers
/// nobody). One thread; any thread may call.
class CuttingProxy {
public:
    explicit CuttingProxy(std::uint16_t targetPort);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    std::uint16_t port() const { return m_port; }
    void cutAll();
    void setStalled(bool isStalled);
    /// Connections accepted so far.
    int accepted() const { return m_accepted.load(); }

private:
    void work();
    void wake() const;

    int m_listener = -1;
    int m_wake = -1;
    std::uint16_t m_target;
    std::uint16_t m_port = 0;
    std::atomic<bool> m_isStopping = false;
    std::atomic<bool> m_isStalled = false;
    std::atomic<bool> m_cuts = false;
    std::atomic<int> m_accepted = 0;
    std::thread m_thread;
};

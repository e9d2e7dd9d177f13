// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/api.h"
#include "app/quarterdeck-demo/identity.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace demo {

/// One event loop with an HTTPS server for each site, all on loopback ports that the kernel gives, and a tick a second.
class Servers {
public:
    Servers();
    ~Servers();

    /// Listens for one site; clients must show a certificate of its authority. Returns the port.
    std::uint16_t add(Api& api, const Identity& identity);
    void onTick(std::function<void()> tick);
    /// Ends run() when this file descriptor reaches its end.
    void endWith(int descriptor);
    /// Serves until a signal (INT, TERM) or endWith()'s end.
    void run();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace demo

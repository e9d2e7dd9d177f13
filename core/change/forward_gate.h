// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/port_forwards.h"

#include <memory>

namespace fleet {
class Fleet;
}

namespace change {

class Door;

/// Leads the port-forwards of a fleet through the door: on protected clusters each has a line in the journal as long as
/// it goes on. Confined to home; fleet and door outlive it. What goes on when it ends is closed then.
class ForwardGate {
public:
    ForwardGate(fleet::Fleet& fleet, Door& door);
    ~ForwardGate();
    ForwardGate(const ForwardGate&) = delete;
    ForwardGate& operator=(const ForwardGate&) = delete;

private:
    struct Visits;

    fleet::Fleet& m_fleet;
    std::shared_ptr<Visits> m_visits;
};

} // namespace change

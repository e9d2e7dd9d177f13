// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace bench {

/// A line as between continents: a port of this machine that leads to another, on which everything arrives later, each
/// way. It runs on a thread of its own until it is destroyed. Connecting itself costs nothing.
class SlowLine {
public:
    SlowLine(std::uint16_t to, double secondsEachWay);
    ~SlowLine();
    SlowLine(const SlowLine&) = delete;
    SlowLine& operator=(const SlowLine&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    struct Piece {
        double due;
        std::string bytes; ///< Empty: the end.
    };
    struct Way {
        int from;
        int to;
        std::deque<Piece> held;
        bool isReading = true;
        bool isOpen = true;
    };

    void run();
    void accept();
    void take(Way& way) const;
    static void give(Way& way);

    std::uint16_t m_to;
    double m_delay;
    std::uint16_t m_port = 0;
    int m_listener = -1;
    int m_end = -1;
    std::vector<std::unique_ptr<Way>> m_ways;
    std::thread m_thread;
};

} // namespace bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_store.h"

#include <cstdint>
#include <string>
#include <vector>

/// Lines as a shop's containers write them: every fourth JSON, some of them wrong.
inline std::string madeLine(std::uint64_t i) {
    const std::string id = std::to_string(i * 2654435761U % 100'000'007U);
    if (i % 4 == 0)
        return R"({"level":")" + std::string(i % 200 == 0 ? "error" : "info") +
               R"(","msg":"request done","http":{"status":)" + std::to_string(i % 200 == 0 ? 500 : 200) +
               R"(,"path":"/api/v1/orders/)" + id + R"("},"took":"12ms","line":)" + std::to_string(i) + "}";
    return "2026-01-31 06:00:00,123 " + std::string(i % 100 == 1 ? "WARN" : "INFO") + "  [worker-" +
           std::to_string(i % 16) + "] com.example.shop.Payments - handled order " + id + " of customer " +
           std::to_string(i % 977) + " in basket " + std::to_string(i % 3001) + " line " + std::to_string(i);
}

inline void fillStore(logs::LogStore& store, std::uint64_t count, std::uint64_t from = 0,
                      std::int64_t stepNs = 1'000'000) {
    constexpr std::uint64_t kBatch = 1000;
    constexpr std::int64_t kStart = 1'769'839'200'000'000'000;
    for (std::uint64_t i = from; i < from + count;) {
        std::vector<std::string> texts;
        std::vector<logs::NewLine> lines;
        for (; texts.size() < kBatch && i < from + count; ++i)
            texts.push_back(madeLine(i));
        for (std::size_t j = 0; j < texts.size(); ++j) {
            const std::uint64_t number = i - texts.size() + j;
            lines.push_back({texts[j], kStart + static_cast<std::int64_t>(number) * stepNs,
                             static_cast<logs::SourceId>(number % 8), true, true});
        }
        store.append(lines);
    }
}

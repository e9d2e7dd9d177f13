// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kube::decode {

/// Access modes of claims and volumes, told once each, in a fixed order: "RWO,ROX,RWX,RWOP".
struct AccessModes {
    bool readWriteOnce = false;
    bool readOnlyMany = false;
    bool readWriteMany = false;
    bool readWriteOncePod = false;

    void add(std::string_view mode) {
        readWriteOnce = readWriteOnce || mode == "ReadWriteOnce";
        readOnlyMany = readOnlyMany || mode == "ReadOnlyMany";
        readWriteMany = readWriteMany || mode == "ReadWriteMany";
        readWriteOncePod = readWriteOncePod || mode == "ReadWriteOncePod";
    }
    void print(std::string& out) const {
        out.clear();
        const auto put = [&out](bool has, std::string_view name) {
            if (!has)
                return;
            if (!out.empty())
                out += ',';
            out += name;
        };
        put(readWriteOnce, "RWO");
        put(readOnlyMany, "ROX");
        put(readWriteMany, "RWX");
        put(readWriteOncePod, "RWOP");
    }
};

template <typename Value>
void readStorage(Value& map, std::string_view& storage) {
    map.quantities([&storage](std::string_view key, std::string_view quantity) {
        if (key == "storage")
            storage = quantity;
    });
}

} // namespace kube::decode

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace kube {

/// One column as the server's Table defines it (meta.k8s.io/v1 TableColumnDefinition).
struct ServerColumn {
    std::string name;
    std::string type;   ///< "string", "integer", "number", "boolean", "date".
    std::string format; ///< "name", "date-time" and the like, often empty.
    std::string description;
    int priority = 0;
    friend bool operator==(const ServerColumn&, const ServerColumn&) = default;
};

/// The columns of one kind. An immutable value that is kept once however many servers define the same, as those of a
/// fleet do, and by how many watchers it is held. Any thread.
class ServerColumns {
public:
    ServerColumns() = default;
    ServerColumns(std::vector<ServerColumn> columns); // A list of columns is what this is.
    ServerColumns(std::initializer_list<ServerColumn> columns)
        : ServerColumns(std::vector<ServerColumn>(columns)) {}

    [[nodiscard]] const std::vector<ServerColumn>& list() const;
    [[nodiscard]] bool empty() const { return !m_columns; }
    [[nodiscard]] std::size_t size() const { return list().size(); }
    const ServerColumn& operator[](std::size_t index) const { return list()[index]; }
    [[nodiscard]] auto begin() const { return list().begin(); }
    [[nodiscard]] auto end() const { return list().end(); }

    friend bool operator==(const ServerColumns& a, const ServerColumns& b) { return a.m_columns == b.m_columns; }

private:
    std::shared_ptr<const std::vector<ServerColumn>> m_columns; // Equal lists are the same object; null if empty.
};

} // namespace kube

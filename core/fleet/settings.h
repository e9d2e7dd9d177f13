// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fleet {

/// Everything the programs remember of what their operator wants; settings.cpp has the table. Secrets never.
enum class Setting {
    Theme,          ///< "auto", "light", "dark".
    Language,       ///< "" follows the desktop; "en", "zh_CN".
    Density,        ///< "comfortable", "compact".
    ReopenAtStart,  ///< Connect at start what was connected last.
    FavouriteKinds, ///< Resources, in their order.
    OpenClusters,   ///< Cluster keys that were connected last.
    DebugImage,     ///< Of the debug container that was added last.
    PortForwards,   ///< Those to be started again; port_forwards.cpp has the form.
    LogTextSize,    ///< Of lines of logs: points beyond the usual size.
    LastPage,
    ReadOnlyEverywhere, ///< Nothing is written to any cluster.

    ClusterName, ///< For people who read the file: nothing reads it back.
    Protected,
    ReadOnly, ///< Nothing is written to this cluster.
    Hue,      ///< 0..7, -1: by name.
    Groups,
    ReconnectAtStart, ///< Allowed although signing in runs a program.
    TypedNamespaces,
    WayIn, ///< The context chosen last.

    Columns, ///< Column ids shown, in their order; empty: as the server has them.
    ColumnWidths,
    SortColumn,
    SortDescending,

    WindowGeometry, ///< Opaque texts of the window.
    WindowState,
};

/// What a setting belongs to: `subject` in the functions below names the cluster, the kind or the window.
enum class SettingScope { Global, Cluster, Kind, Window };

using SettingValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

struct SettingInfo {
    Setting setting;
    std::string_view name; ///< In the file.
    SettingScope scope;
    SettingValue fallback; ///< The default; its alternative is the type.
};

/// All settings, in one JSON file for people to read (mode 0600), shared by programs that run at the same time: every
/// change is made under a lock on top of what the file says then, and written beside and renamed, so that none is lost
/// and none half there. What the file holds besides is kept. A file that is no JSON is put aside before the first
/// change. Confined to one thread.
class Settings {
public:
    /// Reads `file` if it is there; an empty name: settings live in memory alone.
    explicit Settings(std::string file);
    ~Settings();
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    static std::span<const SettingInfo> table();

    /// The value, or the default where none of the right type is set. Which of the four fits is the table's to say; the
    /// wrong one gives an empty value.
    [[nodiscard]] bool flag(Setting setting, std::string_view subject = {}) const;
    [[nodiscard]] std::int64_t number(Setting setting, std::string_view subject = {}) const;
    [[nodiscard]] std::string text(Setting setting, std::string_view subject = {}) const;
    [[nodiscard]] std::vector<std::string> list(Setting setting, std::string_view subject = {}) const;

    /// Sets and writes at once; the default is not written but taken out. Where writing fails the value holds in memory
    /// and problem() says why.
    void set(Setting setting, SettingValue value, std::string_view subject = {});

    /// Reads the file again if another program has changed it. Returns whether something may be different.
    bool refresh();
    /// `listener` runs after set() and after a refresh() that found something, inside that call.
    [[nodiscard]] base::Cancel onChange(std::function<void()> listener);
    [[nodiscard]] const std::optional<base::Error>& problem() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace fleet

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace qdctl {

class Session;

/// A command of the command line and what it does, if that is what was typed.
struct Command {
    CLI::App* app = nullptr;
    std::function<int(Session&)> run;
};

/// Adds the commands that change something, and the journal's.
void addChangeCommands(CLI::App& app, std::vector<Command>& commands);

/// rollout status, history and undo.
void addRevisionCommands(CLI::App& rollout, std::vector<Command>& commands);
void addLogsCommand(CLI::App& app, std::vector<Command>& commands);
void addPortForwardCommand(CLI::App& app, std::vector<Command>& commands);
void addCpCommand(CLI::App& app, std::vector<Command>& commands);
/// What stands behind "--" on the command line, if that is there.
using BehindDashes = std::optional<std::vector<std::string>>;

/// exec and attach.
void addExecCommands(CLI::App& app, std::vector<Command>& commands, const BehindDashes& command);
void addDebugCommand(CLI::App& app, std::vector<Command>& commands, const BehindDashes& command);
void addDrainCommand(CLI::App& app, std::vector<Command>& commands);
void addWorkloadCommands(CLI::App& app, std::vector<Command>& commands);

} // namespace qdctl

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/options.h"

namespace qdctl {

class Session;

/// Each runs one command to its end, prints to stdout and stderr, and returns the exit code.
int runClusters(Session& session, const ClustersOptions& options);
int runGet(Session& session, const GetOptions& options);
int runApiResources(Session& session, const ApiResourcesOptions& options);
int runCanI(Session& session, const AuthOptions& options);
int runWhoCan(Session& session, const AuthOptions& options);
int runDoctor(Session& session, const DoctorOptions& options);

} // namespace qdctl

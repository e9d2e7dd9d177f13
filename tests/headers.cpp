// SPDX-License-Identifier: GPL-3.0-or-later
// Empty: CMake precompiles headers for a target, and a target has a source.

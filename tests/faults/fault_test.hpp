// What every fault test has: a data directory, the real server on it, talkers, and the judge.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "audit/audit.hpp"
#include "faults/figures.hpp"
#include "faults/talkers.hpp"
#include "served/server_process.hpp"
#include "support/temporary_directory.hpp"

namespace parley::faults {

class FaultTest : public testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path data() const { return directory.path() / "data"; }
    // PARLEY_FAULTS_SERVER names another binary than the one of this build.
    [[nodiscard]] served::ServerProcess::Start start() const;
    // The first time on a free port, then on the same one again. The time it took is in `ready_ms`.
    void serve();
    void serve(const served::ServerProcess::Start& how);
    [[nodiscard]] std::string url() const { return url_at(port); }
    [[nodiscard]] static std::string url_at(std::uint16_t at) { return "ws://127.0.0.1:" + std::to_string(at) + "/ws"; }
    // Of the path of a page, as /readyz: 0 if nobody answers.
    [[nodiscard]] unsigned status_of(const std::string& path) const;

    // General holds so many messages of somebody else; before the server is started for the first time.
    void fill(std::uint64_t messages);
    // So many people in so many rooms and nowhere else, with a session each; before the server is started.
    [[nodiscard]] std::vector<client::SavedSession> fill_rooms(std::size_t people, std::size_t rooms);
    Talkers& gather(Talkers::Load load = {});
    Talkers& gather_at(std::uint16_t at, Talkers::Load load = {});  // as through a proxy
    // All eight counts are 0, and there was something to judge. The server may run. If not so, the log and the data are
    // kept below the folder that PARLEY_FAULTS_KEEP names.
    void judge(const std::string& when);
    void keep_evidence() const;
    [[nodiscard]] static std::string integrity_of(const std::filesystem::path& data);
    // integrity_check on a copy, as the files are now.
    void check_copy(const std::string& when) const;

    support::TemporaryDirectory directory;
    std::unique_ptr<served::ServerProcess> server;
    std::unique_ptr<Talkers> talkers;
    std::uint16_t port = 0;
    double ready_ms = 0;
    std::vector<std::string> environment;  // of the servers to come
    Sequence filled;
    audit::Audit judged;
};

}  // namespace parley::faults

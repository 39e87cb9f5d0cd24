// A host's storage as the client sees it: what survives the client, in bytes. Whatever it is told is there at once; a
// test says when it is answered.
#pragma once

#include <map>

#include "scripted_server.hpp"

namespace parley::client {

class KeptRecords {
  public:
    // Performs what a client has asked for, and answers it.
    void serve(ScriptedServer& server) {
        server.collect();
        while (!server.keeps.empty() || !server.forgets.empty()) {
            for (const auto& keep : std::exchange(server.keeps, {})) {
                write(keep);
                server.client.operation_kept(keep.operation.op());
            }
            for (const auto op : std::exchange(server.forgets, {})) {
                records_.erase(op);
                server.client.operation_forgotten(op);
            }
            server.collect();
        }
    }
    void write(const KeepOperation& keep) {
        auto& record = records_[keep.operation.op()];
        if (record.place == 0) record.place = ++last_place_;
        record.bytes = bytes_of(keep.operation);
        if (keep.instead_of) records_.erase(*keep.instead_of);
    }
    // What a later client finds, an outbox each, in the order of their ids.
    [[nodiscard]] std::vector<SavedOutbox> orphans() const {
        std::vector<SavedOutbox> all;
        for (const auto& [op, record] : records_) {
            if (all.empty() || all.back().id != op.outbox) all.push_back(SavedOutbox{op.outbox, {}, record.place});
            all.back().place = std::min(all.back().place, record.place);
            const auto operation = saved_operation_from(record.bytes);
            EXPECT_TRUE(operation.has_value());
            if (operation) all.back().operations.push_back(*operation);
        }
        return all;
    }
    [[nodiscard]] std::size_t size() const { return records_.size(); }
    [[nodiscard]] bool holds(OpId op) const { return records_.count(op) != 0; }

  private:
    struct Record {
        std::uint64_t place = 0;  // in the order of writing
        Buffer bytes;
    };
    std::map<OpId, Record> records_;
    std::uint64_t last_place_ = 0;
};

inline Settings keeping() {
    Settings settings;
    settings.keeps_operations = true;
    return settings;
}

inline std::vector<std::string> texts_of(const std::vector<PostText>& posts) {
    std::vector<std::string> all;
    for (const auto& post : posts) all.push_back(post.text.str());
    return all;
}

inline std::vector<std::string> pending_texts(const ScriptedServer& server) {
    std::vector<std::string> all;
    for (const auto& pending : server.client.state().pending) all.push_back(pending.text.str());
    return all;
}

}  // namespace parley::client

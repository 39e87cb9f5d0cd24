#include "load/report.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace parley::load {

namespace {

using Json = nlohmann::ordered_json;

double per_second(const Tally& tally, const Result& result) {
    return result.run_seconds > 0 ? static_cast<double>(tally.delivered()) / result.run_seconds : 0;
}
double milliseconds(std::int64_t nanoseconds) {
    return static_cast<double>(nanoseconds) / 1e6;
}

std::optional<double> cpu_per_delivery(const Tally& tally, const Result& result) {
    if (!result.idle || !result.done || tally.delivered() == 0) return std::nullopt;
    return (result.done->cpu_seconds - result.idle->cpu_seconds) * 1e6 / static_cast<double>(tally.delivered());
}
std::optional<double> kib_per_connection(const Options& options, const Result& result) {
    if (!result.empty || !result.idle) return std::nullopt;
    return (static_cast<double>(result.idle->rss_bytes) - static_cast<double>(result.empty->rss_bytes)) / 1024 /
           static_cast<double>(options.clients);
}
std::optional<double> cpu_per_connection(const Options& options, const Result& result) {
    if (!result.empty || !result.idle) return std::nullopt;
    return (result.idle->cpu_seconds - result.empty->cpu_seconds) * 1e6 / static_cast<double>(options.clients);
}

template <class... Values>
std::string row(const char* name, const char* format, Values... values) {
    char value[160];
    std::snprintf(value, sizeof value, format, values...);
    char whole[240];
    std::snprintf(whole, sizeof whole, "%-28s %s\n", name, value);
    return whole;
}

Json optional_number(const std::optional<double>& number) {
    return number ? Json(*number) : Json(nullptr);
}

}  // namespace

bool is_clean(const Tally& tally, const Result& result) {
    return tally.lost() == 0 && tally.doubled() == 0 && tally.reordered() == 0 && tally.strayed() == 0 &&
           tally.disagreeing() == 0 && result.failed_posts == 0;
}

std::string as_table(const Options& options, const Tally& tally, const Result& result) {
    const auto& latency = tally.latency();
    std::string table =
        row("server", "%s%s", options.url.text.substr(0, 100).c_str(), options.baseline ? " (baseline)" : "");
    table += row("clients / rooms / senders", "%zu / %zu / %zu", options.clients, options.rooms, options.senders);
    table += options.rate > 0 ? row("loop", "%.0f messages/s of %zu bytes", options.rate, options.size)
                              : row("loop", "closed, messages of %zu bytes", options.size);
    table += row("connected in", "%.2f s", result.connect_seconds);
    table +=
        row("messages in", "%llu in %.2f s", static_cast<unsigned long long>(tally.messages()), result.run_seconds);
    table += row("deliveries", "%llu, %.0f/s", static_cast<unsigned long long>(tally.delivered()),
                 per_second(tally, result));
    table += row("latency p50 p95 p99 max", "%.2f %.2f %.2f %.2f ms", milliseconds(latency.at(0.5)),
                 milliseconds(latency.at(0.95)), milliseconds(latency.at(0.99)), milliseconds(latency.longest()));
    table += row("lost / doubled / reordered", "%llu / %llu / %llu", static_cast<unsigned long long>(tally.lost()),
                 static_cast<unsigned long long>(tally.doubled()), static_cast<unsigned long long>(tally.reordered()));
    table += row("strayed / other order", "%llu / %llu", static_cast<unsigned long long>(tally.strayed()),
                 static_cast<unsigned long long>(tally.disagreeing()));
    table += row("reconnects / failed posts", "%llu / %llu %s", static_cast<unsigned long long>(result.reconnects),
                 static_cast<unsigned long long>(result.failed_posts), result.first_failure.substr(0, 80).c_str());
    if (const auto cpu = cpu_per_delivery(tally, result)) table += row("server CPU per delivery", "%.3f us", *cpu);
    if (const auto kib = kib_per_connection(options, result))
        table += row("server RSS per connection", "%.1f KiB", *kib);
    if (const auto cpu = cpu_per_connection(options, result)) table += row("server CPU per login", "%.0f us", *cpu);
    if (result.done)
        table += row("server RSS after the run", "%.1f MiB", static_cast<double>(result.done->rss_bytes) / 1048576);
    table += row("own CPU in the run", "%.2f s", result.own_cpu_seconds);
    return table;
}

std::string as_json(const Options& options, const Tally& tally, const Result& result) {
    const auto& latency = tally.latency();
    Json all{{"baseline", options.baseline},
             {"clients", options.clients},
             {"rooms", options.rooms},
             {"senders", options.senders},
             {"rate", options.rate},
             {"size", options.size},
             {"connect_seconds", result.connect_seconds},
             {"run_seconds", result.run_seconds},
             {"messages", tally.messages()},
             {"deliveries", tally.delivered()},
             {"deliveries_per_second", per_second(tally, result)},
             {"latency_ms",
              {{"p50", milliseconds(latency.at(0.5))},
               {"p95", milliseconds(latency.at(0.95))},
               {"p99", milliseconds(latency.at(0.99))},
               {"max", milliseconds(latency.longest())}}},
             {"lost", tally.lost()},
             {"doubled", tally.doubled()},
             {"reordered", tally.reordered()},
             {"strayed", tally.strayed()},
             {"other_order", tally.disagreeing()},
             {"reconnects", result.reconnects},
             {"failed_posts", result.failed_posts},
             {"server_cpu_us_per_delivery", optional_number(cpu_per_delivery(tally, result))},
             {"server_rss_kib_per_connection", optional_number(kib_per_connection(options, result))},
             {"server_cpu_us_per_login", optional_number(cpu_per_connection(options, result))},
             {"server_rss_bytes", result.done ? Json(result.done->rss_bytes) : Json(nullptr)},
             {"own_cpu_seconds", result.own_cpu_seconds}};
    if (!result.first_failure.empty()) all["first_failure"] = result.first_failure;
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace parley::load

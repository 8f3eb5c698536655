using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>Leader Append-Only, Log Matching, Leader Completeness.</summary>
public sealed class LogPropertiesTests
{
    [Fact]
    public void A_leader_that_deletes_entries_violates_leader_append_only() =>
        new EventScript("LeaderAppendOnly")
            .Lead(1, term: 2).Append(1, Entry(1, 2), Entry(2, 2, "x")).Fine()
            .Truncate(1, from: 2).Violates("S1, leader of term 2, deletes its entries from 2 to 2");

    [Fact]
    public void A_leader_that_overwrites_an_entry_violates_leader_append_only() =>
        new EventScript("LeaderAppendOnly")
            .Lead(1, term: 2).Append(1, Entry(1, 2), Entry(2, 2, "x"))
            .Append(1, Entry(2, 2, "y")).Violates("S1, leader of term 2, overwrites", "has 2/2");

    [Fact]
    public void A_leader_that_installs_a_snapshot_violates_leader_append_only() =>
        new EventScript("LeaderAppendOnly")
            .Lead(1, term: 2).Append(1, Entry(1, 2))
            .Install(1, SnapshotOf(9, 1, ""), last: 9).Violates("S1, leader of term 2", "snapshot through 9", "ends at 1");

    [Fact]
    public void A_deposed_leader_may_delete_entries_and_a_leader_may_compact() =>
        new EventScript("LeaderAppendOnly")
            .Lead(1, term: 2).Append(1, Entry(1, 2), Entry(2, 2, "x")).Compact(1, SnapshotOf(1, 2, "")).Append(1, Entry(3, 2, "y"))
            .Term(1, 3).Become(Role.Follower, 1).Truncate(1, from: 2).Append(1, Entry(2, 3)).Install(1, SnapshotOf(9, 3, ""), last: 9)
            .Fine();

    [Fact]
    public void Different_commands_under_one_index_and_term_violate_log_matching() =>
        new EventScript("LogMatching")
            .Append(1, Entry(1, 2, "x")).Fine()
            .Append(2, Entry(1, 2, "y")).Violates("entry 1/2 is \"y\" in the log of S2 in memory", "\"x\" in that of S1");

    [Fact]
    public void Different_kinds_under_one_index_and_term_violate_log_matching() =>
        new EventScript("LogMatching").Append(1, Entry(1, 2)).Append(2, Entry(1, 2, "y")).Violates("entry 1/2 is \"y\"", "empty in that of S1");

    [Fact]
    public void Different_predecessors_of_one_entry_violate_log_matching() =>
        new EventScript("LogMatching")
            .Append(1, Entry(1, 1, "x"), Entry(2, 3, "z")).Append(2, Entry(1, 2, "y")).Fine()
            .Append(2, Entry(2, 3, "z")).Violates("entry 2/3 follows 1/2 in the log of S2", "1/1 in that of S1");

    [Fact]
    public void A_different_predecessor_is_found_behind_a_snapshot_too() =>
        new EventScript("LogMatching")
            .Append(1, Entry(1, 1, "x"), Entry(2, 3, "z")).Install(2, SnapshotOf(1, 2, ""), last: 1).Fine()
            .Append(2, Entry(2, 3, "z")).Violates("entry 2/3 follows 1/2 in the log of S2", "1/1 in that of S1");

    [Fact]
    public void A_disk_that_differs_from_memory_violates_log_matching() =>
        new EventScript("LogMatching")
            .Append(1, Entry(1, 2, "x")).Write(1, Entry(1, 2, "x")).Fine()
            .Append(1, Entry(2, 2, "y")).Write(1, Entry(2, 2, "z")).Violates("entry 2/2 is \"z\" in the log of S1 on disk", "\"y\"");

    [Fact]
    public void A_disk_that_comes_back_different_violates_log_matching() =>
        new EventScript("LogMatching")
            .AppendAndWrite(1, Entry(1, 2, "x")).Crash(1).Fine()
            .Start(1, Disk(2, 0, null, Entry(1, 2, "y"))).Violates("entry 1/2 is \"y\" in the log of S1 on disk", "\"x\"");

    [Fact]
    public void A_gap_violates_log_matching_in_memory_on_disk_and_at_a_start()
    {
        new EventScript("LogMatching").Append(1, Entry(1, 1)).Append(1, Entry(3, 1, "x")).Violates("S1 adds entry 3/1", "in memory", "ends at 1");
        new EventScript("LogMatching").Write(1, Entry(1, 1)).Write(1, Entry(3, 1, "x")).Violates("S1 adds entry 3/1", "on disk", "ends at 1");
        new EventScript("LogMatching").Start(1, Disk(1, 0, null, Entry(1, 1), Entry(3, 1, "x"))).Violates("S1 finds entry 3/1 after 1");
        new EventScript("LogMatching").Start(1, Disk(1, 0, SnapshotOf(3, 1, ""), Entry(5, 1, "x"))).Violates("S1 finds entry 5/1 after 3");
    }

    [Fact]
    public void Logs_that_differ_in_index_or_term_match() =>
        new EventScript("LogMatching")
            .AppendAndWrite(1, Entry(1, 1, "x"), Entry(2, 1, "y"))
            .AppendAndWrite(2, Entry(1, 1, "x"), Entry(2, 2, "other"), Entry(3, 2, "z"))
            .Truncate(1, from: 2).TruncateDisk(1, from: 2).AppendAndWrite(1, Entry(2, 2, "other"))
            .Install(3, SnapshotOf(2, 2, ""), last: 2).Append(3, Entry(3, 2, "z"))
            .Crash(1).Start(1, Disk(2, 0, SnapshotOf(1, 1, ""), Entry(1, 1, "x"), Entry(2, 2, "other"), Entry(3, 2, "z")))
            .Fine();

    [Fact]
    public void A_predecessor_that_becomes_known_later_counts_from_then_on() =>
        new EventScript("LogMatching")
            .Start(1, Disk(3, 0, SnapshotOf(4, 1, ""), Entry(2, 3, "z")))
            .Append(2, Entry(1, 1, "x"), Entry(2, 3, "z")).Fine()
            .Append(3, Entry(1, 2, "y"), Entry(2, 3, "z")).Violates("entry 2/3 follows 1/2 in the log of S3", "1/1");

    [Fact]
    public void A_new_leader_without_a_committed_entry_violates_leader_completeness() =>
        new EventScript("LeaderCompleteness")
            .Lead(1, term: 2).Append(1, Entry(1, 2, "x")).Append(2, Entry(1, 2, "x")).Commit(1, 1).Fine()
            .Lead(3, term: 3).Violates("S3 leads term 3 without entry 1/2, committed in term 2", "ends at 0");

    [Fact]
    public void A_new_leader_with_another_entry_in_its_place_violates_leader_completeness() =>
        new EventScript("LeaderCompleteness")
            .Append(3, Entry(1, 1, "old")).Lead(1, term: 2).Append(1, Entry(1, 2, "x")).Commit(1, 1)
            .Lead(3, term: 3).Violates("S3 leads term 3 without entry 1/2", "has 1/1");

    [Fact]
    public void A_new_leader_whose_snapshot_ends_with_another_term_violates_leader_completeness() =>
        new EventScript("LeaderCompleteness")
            .Lead(1, term: 2).Append(1, Entry(1, 2, "x")).Commit(1, 1).Install(3, SnapshotOf(1, 1, "x"), last: 1)
            .Lead(3, term: 3).Violates("S3 leads term 3 without entry 1/2", "snapshot through 1/1");

    [Fact]
    public void An_entry_committed_late_that_a_newer_leader_lacks_violates_leader_completeness() =>
        new EventScript("LeaderCompleteness")
            .Lead(1, term: 2).Append(1, Entry(1, 2, "x")).Lead(3, term: 3).Fine()
            .Commit(1, 1).Violates("S3 leads term 3 without entry 1/2, committed in term 2");

    [Fact]
    public void Leaders_that_have_it_in_log_or_snapshot_or_lead_an_older_term_do_not() =>
        new EventScript("LeaderCompleteness", servers: 5)
            .Lead(4, term: 1)
            .Lead(1, term: 2).Append(1, Entry(1, 2, "x")).Append(2, Entry(1, 2, "x")).Append(3, Entry(1, 2, "x")).Commit(1, 1)
            .Append(1, Entry(2, 2, "uncommitted"))
            .Lead(2, term: 3).Append(2, Entry(2, 3, "y")).Commit(2, 2)
            .Install(5, SnapshotOf(2, 3, "xy"), last: 2).Lead(5, term: 4)
            .Fine();

    [Fact]
    public void A_leader_of_an_older_term_elected_late_need_not_have_it() =>
        new EventScript("LeaderCompleteness", servers: 5).Lead(1, term: 3).Append(1, Entry(1, 3, "x")).Commit(1, 1).Lead(2, term: 2).Fine();
}

using System.Text.Json.Nodes;
using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>
/// Converts values of the protocol to JSON, with the names and in the form of <c>specs/tla/Raft.tla</c>.
/// </summary>
/// <param name="valueOf">
/// The function that returns the number of the command of an entry: 0 for an empty entry, from 1 for commands.
/// </param>
internal sealed class TraceProjection(Func<LogEntry, long> valueOf)
{
    private static readonly string[] Roles = ["follower", "candidate", "leader"];

    private static readonly string[] Modes = ["probe", "replicate", "snapshot"];

    public JsonObject Message(Message message) => message switch
    {
        RequestVote request => Head("RequestVote", request, [
            ("lastIndex", request.LastLogIndex.Value), ("lastTerm", request.LastLogTerm.Value)]),
        RequestVoteReply reply => Head("RequestVoteReply", reply, [("requestTerm", reply.RequestTerm.Value), ("granted", reply.VoteGranted)]),
        AppendEntries request => Head("AppendEntries", request, [
            ("prevIndex", request.PrevLogIndex.Value), ("prevTerm", request.PrevLogTerm.Value), ("entries", Entries(request.Entries.ToArray())),
            ("commit", request.LeaderCommit.Value), ("round", request.Round.Value)]),
        AppendEntriesReply reply => Head("AppendEntriesReply", reply, [
            ("requestTerm", reply.RequestTerm.Value), ("success", reply.Success), ("prevIndex", reply.PrevLogIndex.Value), ("match", reply.MatchIndex.Value),
            ("conflictTerm", reply.ConflictTerm.Value), ("conflictIndex", reply.ConflictIndex.Value), ("last", reply.LastLogIndex.Value),
            ("round", reply.Round.Value)]),
        InstallSnapshot request => Head("InstallSnapshot", request, [
            ("lastIndex", request.LastIncludedIndex.Value), ("lastTerm", request.LastIncludedTerm.Value), ("data", Bytes(request.Data)),
            ("offset", request.Offset), ("len", request.Data.Length), ("done", request.Done), ("round", request.Round.Value)]),
        InstallSnapshotReply reply => Head("InstallSnapshotReply", reply, [
            ("requestTerm", reply.RequestTerm.Value), ("lastIndex", reply.LastIncludedIndex.Value), ("next", reply.NextOffset),
            ("installed", reply.Installed), ("round", reply.Round.Value)]),
        _ => throw new ArgumentException($"unknown message {message.GetType().Name}", nameof(message)),
    };

    public JsonObject State(CoreState core, ServerId id, int servers) => new()
    {
        ["term"] = core.CurrentTerm.Value,
        ["vote"] = core.VotedFor.Value,
        ["role"] = Roles[(int)core.Role],
        ["leader"] = core.LeaderId.Value,
        ["log"] = Entries(core.Entries),
        ["snap"] = Snapshot(core.Snapshot),
        ["commit"] = core.CommitIndex.Value,
        ["applied"] = core.LastApplied.Value,
        ["votes"] = new JsonArray([.. core.Votes.Select(voter => JsonValue.Create(voter.Value))]),
        ["progress"] = core.Role == Role.Leader
            ? new JsonArray([.. Enumerable.Range(1, servers).Select(server => Progress(core.Followers.FirstOrDefault(follower => follower.Server.Value == server)))])
            : [],
        ["incoming"] = new JsonObject
        {
            ["idx"] = core.Incoming?.LastIncludedIndex.Value ?? 0,
            ["term"] = core.Incoming?.LastIncludedTerm.Value ?? 0,
            ["got"] = Bytes(core.Incoming?.Data ?? default),
        },
        ["reads"] = new JsonArray([.. core.Reads.Select(read => Read(read.Index, read.Round))]),
        ["round"] = core.Round.Value,
        ["termStart"] = core.TermStart.Value,
        ["durable"] = core.DurableIndex.Value,
        ["pending"] = new JsonArray([.. core.PendingWrites.Select(last => JsonValue.Create(last.Value))]),
        ["voteWrite"] = core.TermAndVoteWrite,
    };

    public JsonObject Disk(Term term, ServerId vote, Snapshot? snapshot, IReadOnlyList<LogEntry> log) => new()
    {
        ["term"] = term.Value,
        ["vote"] = vote.Value,
        ["snap"] = Snapshot(snapshot),
        ["base"] = log.Count == 0 ? 0 : log[0].Index.Value,
        ["log"] = Entries(log),
    };

    public JsonObject Write(DurableWrite write) => new()
    {
        ["tv"] = write.TermAndVote is { } termAndVote ? [termAndVote.CurrentTerm.Value, termAndVote.VotedFor.Value] : new JsonArray(),
        ["snap"] = Place(write.Snapshot),
        ["keep"] = write.Snapshot is not null && write.KeepSuffix,
        ["from"] = write.LogFrom?.Value ?? 0,
        ["entries"] = Entries(write.Entries.ToArray()),
    };

    /// <summary>
    /// Returns the input of the state machine: the index of the snapshot that replaces its state, and the indices of
    /// the entries to apply. The index is 0 when there is no snapshot.
    /// </summary>
    public static (JsonNode Restore, JsonArray Apply) HandedOut(Effects effects) =>
        (effects.Restore?.LastIncludedIndex.Value ?? 0, new JsonArray([.. effects.Committed.Select(entry => JsonValue.Create(entry.Index.Value))]));

    public static JsonObject Read(LogIndex index, ReadRound round) => new() { ["idx"] = index.Value, ["round"] = round.Value };

    public static JsonArray Bytes(ReadOnlyMemory<byte> bytes) => new([.. bytes.ToArray().Select(value => JsonValue.Create((int)value))]);

    private static JsonObject Head(string type, Message message, (string Name, JsonNode Value)[] fields)
    {
        JsonObject head = new()
        {
            ["type"] = type,
            ["from"] = message.From.Value,
            ["to"] = message.To.Value,
            ["term"] = message.Term.Value,
        };
        foreach ((string name, JsonNode value) in fields)
        {
            head[name] = value;
        }

        return head;
    }

    private static JsonObject Progress(FollowerState? follower) => new()
    {
        ["next"] = follower?.NextIndex.Value ?? 0,
        ["match"] = follower?.MatchIndex.Value ?? 0,
        ["mode"] = follower is null ? "none" : Modes[(int)follower.Mode],
        ["sent"] = follower?.ProbeSent ?? false,
        ["end"] = follower?.ProbeEnd.Value ?? 0,
        ["snap"] = Place(follower?.Snapshot),
        ["off"] = follower?.SnapshotOffset ?? 0,
        ["round"] = follower?.ConfirmedRound.Value ?? 0,
    };

    private static JsonObject Place(Snapshot? snapshot) => new()
    {
        ["idx"] = snapshot?.LastIncludedIndex.Value ?? 0,
        ["term"] = snapshot?.LastIncludedTerm.Value ?? 0,
    };

    private static JsonObject Snapshot(Snapshot? snapshot)
    {
        JsonObject place = Place(snapshot);
        place["data"] = Bytes(snapshot?.Data ?? default);
        return place;
    }

    private JsonArray Entries(IReadOnlyList<LogEntry> entries) =>
        new([.. entries.Select(entry => new JsonObject { ["term"] = entry.Term.Value, ["val"] = valueOf(entry) })]);
}

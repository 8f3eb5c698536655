using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking.Tla;

/// <summary>
/// The canonical texts of cluster states, projected onto the variables of <c>specs/tla/Raft.tla</c>. Texts of servers
/// and messages are remembered.
/// </summary>
internal sealed class ClusterText(CoreCluster cluster, ModelBounds bounds)
{
    private static readonly string NoSnapshot = TlaText.Record(("idx", "0"), ("term", "0"), ("data", TlaText.EmptySequence));
    private static readonly string NoProgress = TlaText.Record(
        ("next", "0"), ("match", "0"), ("mode", TlaText.Text("none")), ("sent", "FALSE"), ("end", "0"), ("snap", NoSnapshot), ("off", "0"), ("round", "0"));

    private readonly Dictionary<(int Server, int Local), (string Node, string Disk)> _locals = [];
    private readonly Dictionary<int, string> _messages = [];

    public string Of(ClusterState state)
    {
        (string Node, string Disk)[] locals = [.. Enumerable.Range(0, bounds.Servers).Select(server => OfLocal(server, state.Local(server)))];
        CommittedHistory committed = cluster.Committed(state.Committed);
        string[] messages = [.. state.Messages.ToArray().Select(OfMessage)];
        return TlaText.State(
        [
            ("node", TlaText.Function([.. locals.Select((local, server) => (Server(server + 1), local.Node))])),
            ("disk", TlaText.Function([.. locals.Select((local, server) => (Server(server + 1), local.Disk))])),
            ("msgs", TlaText.Set(messages)),
            ("elected", TlaText.Set(Elected(state.Elected))),
            ("committed", TlaText.Sequence(committed.Entries.Select((entry, i) => TlaText.Record(("entry", Entry(entry)), ("term", Number(committed.Terms[i])))))),
            ("served", TlaText.Set(cluster.Served(state.Served).Select(read => TlaText.Record(("need", TlaText.Number(read.Need)), ("at", TlaText.Number(read.At)))))),
            ("budget", TlaText.Record(
                ("proposals", TlaText.Number(state.Budget & 0xFF)), ("crashes", TlaText.Number((state.Budget >> 8) & 0xFF)), ("compactions", TlaText.Number(state.Budget >> 16)))),
        ]);
    }

    /// <summary>Returns the name of a step as in <c>Next</c>, without messages and numbers.</summary>
    public static string Of(ModelInput input) => input.Action == ModelAction.Receive ? "Receive" : $"{input.Action}({Server(input.Server + 1)})";

    private static string Number(Term term) => TlaText.Number(term.Value);

    private static string Number(LogIndex index) => TlaText.Number(index.Value);

    private static string Number(ReadRound round) => TlaText.Number(round.Value);

    private static string Server(int number) => number == 0 ? "None" : $"s{number}";

    private static string Server(ServerId server) => Server(server.Value);

    private static string Entry(LogEntry entry) =>
        TlaText.Record(("term", Number(entry.Term)), ("val", TlaText.Number(entry.Kind == EntryKind.Empty ? 0 : entry.Command.Span[0])));

    private static string Entries(IEnumerable<LogEntry> entries) => TlaText.Sequence(entries.Select(Entry));

    private IEnumerable<string> Elected(ulong bits)
    {
        for (int bit = 0; bit < 64; bit++)
        {
            if ((bits >> bit & 1) != 0)
            {
                yield return TlaText.Sequence([TlaText.Number(bit / bounds.Servers), Server((bit % bounds.Servers) + 1)]);
            }
        }
    }

    private (string Node, string Disk) OfLocal(int server, int number)
    {
        if (!_locals.TryGetValue((server, number), out (string Node, string Disk) text))
        {
            LocalState local = cluster.Local(number).State;
            text = (Node(server, local), Disk(local.Disk));
            _locals.Add((server, number), text);
        }

        return text;
    }

    private string Disk(DiskState disk) => TlaText.Record(
        ("term", Number(disk.CurrentTerm)), ("vote", Server(disk.VotedFor)), ("snap", Snapshot(disk.Snapshot)),
        ("base", disk.Log.Length == 0 ? "0" : Number(disk.Log[0].Index)), ("log", Entries(disk.Log)));

    private string Node(int server, LocalState local) => Node(server, local, local.Core ?? cluster.NewCore(server));

    private string Node(int server, LocalState local, CoreState core) => TlaText.Record(
        ("id", Server(server + 1)),
        ("up", TlaText.Flag(local.Core is not null)),
        ("role", TlaText.Text(core.Role switch { Role.Leader => "leader", Role.Candidate => "candidate", _ => "follower" })),
        ("term", Number(core.CurrentTerm)),
        ("vote", Server(core.VotedFor)),
        ("leader", Server(core.LeaderId)),
        ("log", Entries(core.Entries)),
        ("snap", Snapshot(core.Snapshot)),
        ("commit", Number(core.CommitIndex)),
        ("applied", Number(core.LastApplied)),
        ("votes", TlaText.Set(core.Votes.Select(Server))),
        ("progress", TlaText.Function([.. Enumerable.Range(1, bounds.Servers).Select(id => (Server(id), Progress(core.Followers.FirstOrDefault(follower => follower.Server.Value == id))))])),
        ("incoming", TlaText.Record(
            ("idx", Number(core.Incoming?.LastIncludedIndex ?? LogIndex.Zero)), ("term", Number(core.Incoming?.LastIncludedTerm ?? Term.Zero)),
            ("got", TlaText.Sequence((core.Incoming?.Data ?? default).ToArray().Select(Data))))),
        ("reads", TlaText.Sequence(core.Reads.Select((read, i) => TlaText.Record(("idx", Number(read.Index)), ("round", Number(read.Round)), ("need", TlaText.Number(local.Needs[i])))))),
        ("round", Number(core.Round)),
        ("termStart", Number(core.TermStart)),
        ("pending", TlaText.Sequence(local.Pending.Select((write, i) => Write(write, core.PendingWrites[i])))),
        ("held", TlaText.Set(local.Held.Select(held => TlaText.Record(("msg", OfMessage(held.Message)), ("after", TlaText.Number(held.After)))))),
        ("durable", Number(core.DurableIndex)),
        ("voteWrite", TlaText.Number(core.TermAndVoteWrite)),
        ("faulty", "FALSE"));

    private string Progress(FollowerState? follower) => follower is null ? NoProgress : TlaText.Record(
        ("next", Number(follower.NextIndex)), ("match", Number(follower.MatchIndex)),
        ("mode", TlaText.Text(follower.Mode switch { ReplicationMode.Probe => "probe", ReplicationMode.Replicate => "replicate", _ => "snapshot" })),
        ("sent", TlaText.Flag(follower.ProbeSent)), ("end", Number(follower.ProbeEnd)), ("snap", Snapshot(follower.Snapshot)),
        ("off", TlaText.Number(follower.SnapshotOffset)), ("round", Number(follower.ConfirmedRound)));

    private string Write(DurableWrite write, LogIndex last) => TlaText.Record(
        ("tv", write.TermAndVote is { } termAndVote ? TlaText.Sequence([Number(termAndVote.CurrentTerm), Server(termAndVote.VotedFor)]) : TlaText.EmptySequence),
        ("snap", Snapshot(write.Snapshot)), ("keep", TlaText.Flag(write.Snapshot is not null && write.KeepSuffix)),
        ("from", Number(write.LogFrom ?? LogIndex.Zero)), ("entries", Entries(write.Entries.ToArray())), ("last", Number(last)));

    private string Snapshot(Snapshot? snapshot) => snapshot is null ? NoSnapshot : TlaText.Record(
        ("idx", Number(snapshot.LastIncludedIndex)), ("term", Number(snapshot.LastIncludedTerm)),
        ("data", cluster.Snapshots.HistoryOf(snapshot) is { } history ? Entries(history) : TlaText.Sequence([TlaText.Record(("term", "0"), ("val", "-1"))])));

    // Every byte of a snapshot marks the history that the snapshot replaces.
    private string Data(byte mark) => Entries(cluster.Snapshots.HistoryOf(mark)!);

    private string OfMessage(int number)
    {
        if (!_messages.TryGetValue(number, out string? text))
        {
            _messages.Add(number, text = OfMessage(cluster.Message(number).Message));
        }

        return text;
    }

    private string OfMessage(Message message) => TlaText.Record([
        ("type", TlaText.Text(message.GetType().Name)), ("from", Server(message.From)), ("to", Server(message.To)), ("term", Number(message.Term)), .. Fields(message)]);

    private (string, string)[] Fields(Message message) => message switch
    {
        RequestVote m => [("lastIndex", Number(m.LastLogIndex)), ("lastTerm", Number(m.LastLogTerm))],
        RequestVoteReply m => [("requestTerm", Number(m.RequestTerm)), ("granted", TlaText.Flag(m.VoteGranted))],
        AppendEntries m =>
        [
            ("prevIndex", Number(m.PrevLogIndex)), ("prevTerm", Number(m.PrevLogTerm)), ("entries", Entries(m.Entries.ToArray())),
            ("commit", Number(m.LeaderCommit)), ("round", Number(m.Round)),
        ],
        AppendEntriesReply m =>
        [
            ("requestTerm", Number(m.RequestTerm)), ("success", TlaText.Flag(m.Success)), ("prevIndex", Number(m.PrevLogIndex)), ("match", Number(m.MatchIndex)),
            ("conflictTerm", Number(m.ConflictTerm)), ("conflictIndex", Number(m.ConflictIndex)), ("last", Number(m.LastLogIndex)), ("round", Number(m.Round)),
        ],
        InstallSnapshot m =>
        [
            ("lastIndex", Number(m.LastIncludedIndex)), ("lastTerm", Number(m.LastIncludedTerm)), ("data", m.Data.IsEmpty ? TlaText.EmptySequence : Data(m.Data.Span[0])),
            ("offset", TlaText.Number(m.Offset)), ("len", TlaText.Number(m.Data.Length)), ("done", TlaText.Flag(m.Done)), ("round", Number(m.Round)),
        ],
        InstallSnapshotReply m =>
        [
            ("requestTerm", Number(m.RequestTerm)), ("lastIndex", Number(m.LastIncludedIndex)), ("next", TlaText.Number(m.NextOffset)),
            ("installed", TlaText.Flag(m.Installed)), ("round", Number(m.Round)),
        ],
        _ => [],
    };
}

using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Coverage;

/// <summary>The layout of the three tables in one flat array of counts, and the names of their cells.</summary>
internal static class CoverageMap
{
    /// <summary>The row of a server that is down; the rows before it are the roles.</summary>
    public const int Down = 3;

    // A role change has one column per role; every other kind of event at one server has one column.
    private static readonly (RaftEventKind Kind, string Name, string Roles)[] Happenings =
    [
        (RaftEventKind.Started, "starts", "D"),
        (RaftEventKind.TermAdvanced, "newer term", "FCL"),
        (RaftEventKind.Voted, "votes", "FC"),
        (RaftEventKind.RoleChanged, "becomes follower", "CL"),
        (RaftEventKind.RoleChanged, "becomes candidate", "F"),
        (RaftEventKind.RoleChanged, "becomes leader", "C"),
        (RaftEventKind.ElectionTimerReset, "election timer anew", "FC"),
        (RaftEventKind.MessageSent, "sends", "FCL"),
        (RaftEventKind.MessageReceived, "receives", "FCL"),
        (RaftEventKind.EntryAppended, "entry appended", "FL"),
        (RaftEventKind.LogTruncated, "entries deleted", "F"),
        (RaftEventKind.CommitAdvanced, "commit advances", "FL"),
        (RaftEventKind.Applied, "applies", "FCL"),
        (RaftEventKind.LogCompacted, "compacts its log", "FCL"),
        (RaftEventKind.SnapshotInstalled, "installs a snapshot", "F"),
        (RaftEventKind.Restored, "restores a snapshot", "FCL"),
        (RaftEventKind.DiskTermAndVote, "term, vote on disk", "FC"),
        (RaftEventKind.DiskAppended, "entry on disk", "FCL"),
        (RaftEventKind.DiskTruncated, "deleted on disk", "FC"),
        (RaftEventKind.DiskSnapshot, "snapshot on disk", "FCL"),
        (RaftEventKind.ProposalCompleted, "proposal completed", "FCL"),
        (RaftEventKind.ProposalRefused, "proposal refused", "FCLD"),
        (RaftEventKind.ReadTaken, "read taken", "L"),
        (RaftEventKind.ReadServed, "read served", "FCL"),
        (RaftEventKind.ReadRefused, "read refused", "FCLD"),
        (RaftEventKind.Crashed, "crashes", "FCLD"),
        (RaftEventKind.Stopped, "stops", "FCL"),
    ];

    private static readonly string[] RoleNames = ["follower", "candidate", "leader", "down"];

    private static readonly string[] MessageNames =
    [
        "vote request", "vote granted", "vote refused", "heartbeat", "entries", "entries taken", "entries refused", "snapshot", "snapshot taken",
        "snapshot installed",
    ];

    private static readonly string[] OutcomeNames =
    [
        "sent", "lost", "duplicated", "delivered", "late: older term", "same term", "brings a newer term", "answers an older term", "to a follower",
        "to a candidate", "to a leader",
    ];

    private static readonly string[] FaultNames =
    [
        "follower crashes", "candidate crashes", "leader crashes", "server restarts", "server stops", "server pauses", "server resumes", "links are cut",
        "links are mended",
    ];

    private static readonly string[] PhaseNames =
    [
        "nobody leads or asks", "an election is under way", "leaders have all committed", "a leader has uncommitted entries", "two servers lead",
        "its write is not flushed", "it receives a snapshot", "an installed snapshot is not on disk", "its own snapshot is not on disk",
        "it misses committed entries",
    ];

    // The columns in the first table by kind of event; -1 for none.
    private static readonly sbyte[] Columns = FindColumns();

    private static readonly int OutcomesAt = RoleNames.Length * Happenings.Length;

    private static readonly int FaultsAt = OutcomesAt + (MessageNames.Length * OutcomeNames.Length);

    /// <summary>The number of counts.</summary>
    public static int Cells { get; } = FaultsAt + (FaultNames.Length * PhaseNames.Length);

    /// <summary>Returns the cell of an event at a server in a role; -1 for an event that no table shows.</summary>
    public static int Happening(int row, in RaftEvent e)
    {
        int column = Columns[(int)e.Kind];
        return column < 0 ? -1 : (row * Happenings.Length) + column + (e.Kind == RaftEventKind.RoleChanged ? (int)e.Role : 0);
    }

    /// <summary>
    /// Returns the first cell of a message's row in the second table, to which an <see cref="Outcome"/> is added.
    /// </summary>
    public static int MessageRow(Message message) => OutcomesAt + (OutcomeNames.Length * message switch
    {
        AppendEntries append => append.Entries.IsEmpty ? 3 : 4,
        AppendEntriesReply reply => reply.Success ? 5 : 6,
        RequestVote => 0,
        RequestVoteReply reply => reply.VoteGranted ? 1 : 2,
        InstallSnapshot => 7,
        InstallSnapshotReply reply => reply.Installed ? 9 : 8,
        _ => throw new ArgumentException($"{message.GetType().Name} has no row", nameof(message)),
    });

    /// <summary>Returns the cell of a fault in a phase.</summary>
    public static int Fault(Fault fault, Phase phase) => FaultsAt + ((int)fault * PhaseNames.Length) + (int)phase;

    /// <summary>Returns the tables with these counts.</summary>
    public static IReadOnlyList<CoverageTable> Tables(ReadOnlySpan<long> counts) =>
    [
        new(
            "roles and events", "How often an event struck a server in each role.",
            RoleNames, [.. Happenings.Select(happening => happening.Name)], counts[..OutcomesAt].ToArray(), ImpossibleHappenings()),
        new(
            "messages and outcomes", "What became of each kind of message. Terms and roles are the receiver's when it takes the message.",
            MessageNames, OutcomeNames, counts[OutcomesAt..FaultsAt].ToArray(), ImpossibleOutcomes()),
        new(
            "faults and phases",
            "What server and cluster were doing when the fault came; several phases may hold at once. Links concern several servers: 'its' is any server's.",
            FaultNames, PhaseNames, counts[FaultsAt..].ToArray(), ImpossibleFaults()),
    ];

    private static sbyte[] FindColumns()
    {
        sbyte[] columns = new sbyte[Enum.GetValues<RaftEventKind>().Length];
        Array.Fill(columns, (sbyte)-1);
        for (int i = Happenings.Length - 1; i >= 0; i--)
        {
            columns[(int)Happenings[i].Kind] = (sbyte)i;
        }

        return columns;
    }

    private static bool[] ImpossibleHappenings()
    {
        bool[] impossible = new bool[OutcomesAt];
        for (int i = 0; i < impossible.Length; i++)
        {
            impossible[i] = !Happenings[i % Happenings.Length].Roles.Contains("FCLD"[i / Happenings.Length], StringComparison.Ordinal);
        }

        return impossible;
    }

    // A success has the term of its request, so only a server in that term or a later one receives it.
    private static bool[] ImpossibleOutcomes()
    {
        bool[] impossible = new bool[FaultsAt - OutcomesAt];
        for (int row = 0; row < MessageNames.Length; row++)
        {
            bool request = row is 0 or 3 or 4 or 7;
            bool success = row is 1 or 5 or 9;
            impossible[(row * OutcomeNames.Length) + (int)Outcome.AnswersOlderTerm] = request || success;
            impossible[(row * OutcomeNames.Length) + (int)Outcome.NewerTerm] = success;
        }

        return impossible;
    }

    private static bool[] ImpossibleFaults()
    {
        bool[] impossible = new bool[Cells - FaultsAt];
        Mark(Coverage.Fault.CandidateCrashes, Phase.NobodyLeadsOrAsks, Phase.ReceivingSnapshot);
        Mark(Coverage.Fault.LeaderCrashes, Phase.NobodyLeadsOrAsks, Phase.ReceivingSnapshot, Phase.InstalledNotOnDisk);
        Mark(Coverage.Fault.Restarts, Phase.Unflushed, Phase.ReceivingSnapshot, Phase.InstalledNotOnDisk, Phase.CompactedNotOnDisk);
        return impossible;

        void Mark(Fault fault, params ReadOnlySpan<Phase> phases)
        {
            foreach (Phase phase in phases)
            {
                impossible[((int)fault * PhaseNames.Length) + (int)phase] = true;
            }
        }
    }
}

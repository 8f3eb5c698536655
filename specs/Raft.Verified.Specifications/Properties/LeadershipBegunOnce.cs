using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a leader begins its term once. A second beginning, for example on a late vote, discards the
/// followers' acknowledgements and appends a second empty entry. It also restarts the count of read rounds, so an old
/// confirmation could pass for a new one.
/// </summary>
public sealed class LeadershipBegunOnce : SafetyProperty
{
    // By server: its last round of reads, and the term of that round.
    private (Term Term, ReadRound Round)[] _taken = [];

    /// <inheritdoc />
    public override string Name => nameof(LeadershipBegunOnce);

    /// <inheritdoc />
    public override string Source => "paper, section 5.2, Figure 2 (\"volatile state on leaders: reinitialized after election\"), section 8; thesis, section 6.4";

    /// <inheritdoc />
    public override string Statement =>
        "A leader appends the empty entry of its term once, before any other entry of that term. The "
            + "numbers of its rounds of reads increase.";

    /// <inheritdoc />
    public override string TlaName => "LeadershipBegunOnce";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.EntryAppended, RaftEventKind.ReadTaken];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view) => e.Subject switch
    {
        LogEntry { Kind: EntryKind.Empty } entry => CheckEmpty(entry, view[e.Server]),
        ReadRequest read => CheckTaken(read, in e, view),
        _ => null,
    };

    private static string? CheckEmpty(LogEntry entry, ServerView leader) =>
        leader.Role == Role.Leader && entry.Term == leader.Term && leader.Log.TryTermAt(leader.Log.LastIndex, out Term last) && last == entry.Term
            ? $"{leader.Id} appends the empty entry {entry} that begins a leader's term, but its log already has entries of term {entry.Term}, up to {leader.Log.LastIndex}"
            : null;

    private string? CheckTaken(ReadRequest read, in RaftEvent e, ClusterView view)
    {
        if (_taken.Length == 0)
        {
            _taken = new (Term, ReadRound)[view.Servers.Count];
        }

        // A restarted server cannot lead a term that it has led before, so a restart needs no special case.
        Term term = view[e.Server].Term;
        ref (Term Term, ReadRound Round) last = ref _taken[e.Server.Value - 1];
        if (last.Term == term && read.Round <= last.Round)
        {
            return $"{e.Server} takes reads in round {read.Round} of term {term}, but has already reached round {last.Round} of that term";
        }

        last = (term, read.Round);
        return null;
    }
}

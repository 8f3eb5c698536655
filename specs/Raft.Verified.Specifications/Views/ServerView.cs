using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>The state of one server, derived from its events.</summary>
public sealed class ServerView
{
    internal ServerView(ServerId id) => Id = id;

    /// <summary>The identifier of the server.</summary>
    public ServerId Id { get; }

    /// <summary>True when the server has started and has neither crashed nor stopped since.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>True when the server has shut down gracefully and has not restarted since.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>The server's current term.</summary>
    public Term Term { get; private set; }

    /// <summary>The server's role; follower while the server is down.</summary>
    public Role Role { get; private set; }

    /// <summary>The candidate that has the server's vote in its current term; none without a vote.</summary>
    public ServerId VotedFor { get; private set; }

    /// <summary>The highest entry that the server knows to be committed.</summary>
    public LogIndex CommitIndex { get; private set; }

    /// <summary>
    /// The highest entry that the state machine reflects; 0 from a start to the first applied entry or restored
    /// snapshot.
    /// </summary>
    public LogIndex AppliedIndex { get; private set; }

    /// <summary>
    /// The number of proposals that the server has refused, since its last start, as certainly without effect.
    /// </summary>
    public int RefusedWithoutEffect { get; private set; }

    /// <summary>
    /// The number of proposals that the server has refused, since its last start, with an unknown outcome.
    /// </summary>
    public int RefusedOutcomeUnknown { get; private set; }

    /// <summary>
    /// The message that the server took last, to which its next events may react. Null after a start, and after an
    /// election that the server began, until the next message.
    /// </summary>
    public Message? InHand { get; private set; }

    /// <summary>The server's term when it took <see cref="InHand"/>.</summary>
    public Term TermWhenTaken { get; private set; }

    /// <summary>The server's role when it took <see cref="InHand"/>.</summary>
    public Role RoleWhenTaken { get; private set; }

    /// <summary>True when <see cref="InHand"/> has a newer term that the server has not adopted yet.</summary>
    public bool HasNewerTermInHand => InHand is { } message && message.Term > Term;

    /// <summary>The server's log in memory.</summary>
    public LogView Log { get; } = new();

    /// <summary>The durable content of the server's disk.</summary>
    public DiskView Disk { get; } = new();

    /// <summary>
    /// Returns true when the candidate's log, as its request describes it, is at least as up-to-date as this server's
    /// log (paper, section 5.4.1).
    /// </summary>
    internal bool IsUpToDate(RequestVote request)
    {
        Term last = Log.TryTermAt(Log.LastIndex, out Term term) ? term : Term.Zero;
        return request.LastLogTerm > last || (request.LastLogTerm == last && request.LastLogIndex >= Log.LastIndex);
    }

    internal void Start(in RaftEvent e)
    {
        IsRunning = true;
        HasStopped = false;
        Role = Role.Follower;
        InHand = null;
        Term = e.Term;
        VotedFor = e.Peer;
        if (e.Subject is DurableState durable)
        {
            Log.Load(durable);
            Disk.Load(durable);
        }

        CommitIndex = Log.SnapshotIndex;
        AppliedIndex = LogIndex.Zero;
        RefusedWithoutEffect = 0;
        RefusedOutcomeUnknown = 0;
    }

    internal void End(bool stopped)
    {
        IsRunning = false;
        HasStopped = stopped;
        Role = Role.Follower;
        InHand = null;
    }

    internal void Take(Message message)
    {
        InHand = message;
        TermWhenTaken = Term;
        RoleWhenTaken = Role;
    }

    internal void AdvanceTerm(Term term)
    {
        // The new term is not the message's: the server has begun an election, which is no reaction to the message.
        if (InHand is { } message && message.Term != term)
        {
            InHand = null;
        }

        Term = term;
        VotedFor = ServerId.None;
    }

    internal void Vote(ServerId candidate) => VotedFor = candidate;

    internal void ChangeRole(Role role) => Role = role;

    internal void Commit(LogIndex index) => CommitIndex = index;

    internal void Apply(LogIndex index) => AppliedIndex = index;

    internal void Refuse(ProposalRefusedException refusal)
    {
        if (refusal.HasNoEffect)
        {
            RefusedWithoutEffect++;
        }
        else
        {
            RefusedOutcomeUnknown++;
        }
    }
}

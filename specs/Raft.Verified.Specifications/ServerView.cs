using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>One server, as its events tell it.</summary>
public sealed class ServerView
{
    internal ServerView(ServerId id) => Id = id;

    /// <summary>The server.</summary>
    public ServerId Id { get; }

    /// <summary>Whether it has started and neither crashed nor stopped since.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether it has stopped in good order and not started again since.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Its current term.</summary>
    public Term Term { get; private set; }

    /// <summary>Its role; follower while it is down.</summary>
    public Role Role { get; private set; }

    /// <summary>Whom it has voted for in its current term.</summary>
    public ServerId VotedFor { get; private set; }

    /// <summary>The highest entry that it knows to be committed.</summary>
    public LogIndex CommitIndex { get; private set; }

    /// <summary>The highest entry that its state machine reflects; 0 from a start to the first entry applied or snapshot restored.</summary>
    public LogIndex AppliedIndex { get; private set; }

    /// <summary>How many proposals it has refused, in this life, as certainly without effect.</summary>
    public int RefusedWithoutEffect { get; private set; }

    /// <summary>How many proposals it has refused, in this life, without knowing what becomes of them.</summary>
    public int RefusedOutcomeUnknown { get; private set; }

    /// <summary>
    /// The message that it took last: what it does may be on account of that one. Null from a start, and from an election that it began since, to the
    /// next message.
    /// </summary>
    public Message? InHand { get; private set; }

    /// <summary>Its term when it took <see cref="InHand"/>.</summary>
    public Term TermWhenTaken { get; private set; }

    /// <summary>Its role when it took <see cref="InHand"/>.</summary>
    public Role RoleWhenTaken { get; private set; }

    /// <summary>Whether it has a message in hand of a term that it has not adopted yet.</summary>
    public bool HasNewerTermInHand => InHand is { } message && message.Term > Term;

    /// <summary>Its log in memory.</summary>
    public LogView Log { get; } = new();

    /// <summary>What its disk holds.</summary>
    public DiskView Disk { get; } = new();

    /// <summary>Whether the log that a candidate tells of is at least as up-to-date as this server's (paper, section 5.4.1).</summary>
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
        // Not the message's term: an election of its own has begun.
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

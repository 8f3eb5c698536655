using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The states that are one step away from the current state, in the order of the steps. Each has the messages that its
/// step adds and removes.
/// </summary>
internal sealed class Candidates
{
    private readonly SearchOptions _options;
    private readonly Search _search;
    private readonly CoreCluster _cluster;
    private readonly StatePrints _prints;
    private readonly StateAtHand _state;
    private readonly bool _heartbeats;
    private readonly MessageMarks _marks;
    private readonly LocalInfo[] _locals;
    private readonly List<int>[] _messagesTo;
    private int[] _changes = new int[64];
    private int _changeCount;
    private Candidate[] _made = new Candidate[64];
    private int _count;
    private LocalInfo _changed = null!;

    public Candidates(Search search, StateAtHand state)
    {
        _options = search.Options;
        _search = search;
        _cluster = search.Cluster;
        _prints = search.Prints;
        _state = state;
        _marks = state.Marks;
        _locals = state.Infos;
        _messagesTo = state.MessagesTo;
        _heartbeats = search.Bounds.Heartbeats;
    }

    /// <summary>The candidates since the last <see cref="Clear"/>.</summary>
    public Span<Candidate> Made => _made.AsSpan(0, _count);

    /// <summary>Removes all candidates.</summary>
    public void Clear()
    {
        _count = 0;
        _changeCount = 0;
    }

    /// <summary>
    /// Returns the messages that a candidate adds to the current state, in the order in which they were sent.
    /// </summary>
    public ReadOnlySpan<int> AddedBy(in Candidate candidate) => new(_changes, candidate.Messages, candidate.Added);

    /// <summary>Returns the messages of the current state that a candidate leaves out, in ascending order.</summary>
    public ReadOnlySpan<int> RemovedBy(in Candidate candidate) => new(_changes, candidate.Messages + candidate.Added, candidate.Removed);

    /// <summary>
    /// Begins a candidate that differs from the current state in the local state of one server. The caller sets the
    /// other fields, sends the messages of the step, and calls <see cref="Complete"/>.
    /// </summary>
    /// <param name="input">The packed input that leads to the candidate, see <see cref="ModelInput.Pack"/>.</param>
    /// <param name="changed">The local state of the server after the step.</param>
    public ref Candidate Begin(uint input, LocalInfo changed)
    {
        if (_count == _made.Length)
        {
            Array.Resize(ref _made, _count * 2);
        }

        _changed = changed;
        _marks.BeginCandidate();
        ref Candidate candidate = ref _made[_count];
        candidate.Input = input;
        candidate.Server = changed.Server;
        candidate.Local = changed.Number;
        candidate.Messages = _changeCount;
        return ref candidate;
    }

    /// <summary>Adds messages to the candidate that was begun. Messages that it already has are skipped.</summary>
    public void Send(int[] messages)
    {
        MessageMarks marks = _marks;
        foreach (int message in messages)
        {
            if (!marks.Has(message))
            {
                Add(message);
            }
        }
    }

    /// <summary>Takes all steps that change no server, until they add no more messages.</summary>
    /// <param name="before">The local state of the changed server before the step.</param>
    public void Close(LocalInfo before)
    {
        LocalInfo after = _changed;
        if (after.IsUp && after != before)
        {
            if (after.Role == Role.Leader && _heartbeats)
            {
                TakeSilent(after, ModelAction.HeartbeatTimeout, 0);
            }

            foreach (int message in _messagesTo[after.Server])
            {
                TakeSilent(after, ModelAction.Receive, message);
            }
        }

        for (int i = _made[_count].Messages; i < _changeCount; i++)
        {
            int message = _changes[i];
            int receiver = _cluster.Message(message).Receiver;
            LocalInfo local = receiver == after.Server ? after : _locals[receiver];
            if (local.IsUp)
            {
                TakeSilent(local, ModelAction.Receive, message);
            }
        }
    }

    /// <summary>Completes the candidate that was begun: leaves out dead replies and computes its fingerprint.</summary>
    public void Complete()
    {
        ref Candidate candidate = ref _made[_count++];
        candidate.Added = _changeCount - candidate.Messages;
        if (_options.DeadReplies)
        {
            foreach (int message in _messagesTo[candidate.Server])
            {
                if (_cluster.Message(message).IsDeadFor(_changed))
                {
                    Verify(_changed, message);
                    Change(message);
                }
            }
        }

        candidate.Removed = _changeCount - candidate.Messages - candidate.Added;
        candidate.Print = PrintOf(in candidate);
        if (_state.Number >= 0)
        {
            _search.Step(_state.Print, candidate.Input, candidate.Print);
        }

        _search.Table.Prefetch(candidate.Print);
    }

    private void TakeSilent(LocalInfo local, ModelAction action, int argument)
    {
        LocalStep step = _cluster.Step(local, action, argument);
        if (step.KeepsLocal && step.Violation is null)
        {
            Send(step.Sent);
        }
    }

    private void Add(int message)
    {
        if (_options.DeadReplies)
        {
            MessageInfo info = _cluster.Message(message);
            LocalInfo receiver = info.Receiver == _changed.Server ? _changed : _locals[info.Receiver];
            if (info.IsDeadFor(receiver))
            {
                Verify(receiver, message);
                return;
            }
        }

        _marks.Add(message);
        Change(message);
    }

    private void Verify(LocalInfo receiver, int message)
    {
        if (!_options.VerifyReductions || !receiver.IsUp)
        {
            return;
        }

        LocalStep step = _cluster.Step(receiver, ModelAction.Receive, message);
        if (!step.KeepsLocal || step.Sent.Length > 0 || step.Violation is not null)
        {
            throw new InvalidOperationException($"{_cluster.Message(message).Message} was left out as a dead reply, but S{receiver.Server + 1} does not ignore it");
        }
    }

    private void Change(int message)
    {
        if (_changeCount == _changes.Length)
        {
            Array.Resize(ref _changes, _changeCount * 2);
        }

        _changes[_changeCount++] = message;
    }

    // The least fingerprint under all renamings.
    private Fingerprint PrintOf(in Candidate candidate)
    {
        Fingerprint common = default;
        if (candidate.Committed != _state.Committed)
        {
            common += _cluster.PrintOfCommitted(candidate.Committed) - _cluster.PrintOfCommitted(_state.Committed);
        }

        if (candidate.Served != _state.Served)
        {
            common += _cluster.PrintOfServed(candidate.Served) - _cluster.PrintOfServed(_state.Served);
        }

        if (candidate.Budget != _state.Budget)
        {
            common += _prints.OfBudget(candidate.Budget) - _prints.OfBudget(_state.Budget);
        }

        Fingerprint least = default;
        int before = _state.Locals[candidate.Server];
        ReadOnlySpan<int> added = AddedBy(in candidate);
        ReadOnlySpan<int> removed = RemovedBy(in candidate);
        ReadOnlySpan<Fingerprint> state = _state.Prints;
        for (int renaming = 0; renaming < state.Length; renaming++)
        {
            Fingerprint sum = state[renaming] + common + _cluster.PrintOfLocal(candidate.Local, renaming) - _cluster.PrintOfLocal(before, renaming);
            if (candidate.Elected != _state.Elected)
            {
                sum += _prints.Of(candidate.Elected & ~_state.Elected, renaming);
            }

            foreach (int message in added)
            {
                sum += _cluster.PrintOfMessage(message, renaming);
            }

            foreach (int message in removed)
            {
                sum -= _cluster.PrintOfMessage(message, renaming);
            }

            if (renaming == 0 || sum.IsLessThan(least))
            {
                least = sum;
            }
        }

        return least;
    }
}

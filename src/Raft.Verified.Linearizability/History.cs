namespace Raft.Verified.Linearizability;

/// <summary>
/// Records operations as they happen. Calls and returns are numbered in the order in which they are told, so that in a simulation, where one thing
/// happens at a time, no two of them are taken for simultaneous. Not safe for concurrent use.
/// </summary>
/// <typeparam name="TCommand">What clients ask.</typeparam>
/// <typeparam name="TAnswer">What they are answered.</typeparam>
public sealed class History<TCommand, TAnswer>
{
    private readonly List<HistoryOperation<TCommand, TAnswer>?> _operations = [];
    private readonly Dictionary<int, int> _open = [];
    private long _position;

    /// <summary>All operations that may have had an effect, in the order of their calls. Those that have not returned yet have no answer.</summary>
    public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> Operations => [.. _operations.OfType<HistoryOperation<TCommand, TAnswer>>()];

    /// <summary>A client calls an operation.</summary>
    /// <param name="client">The client; it has no open call.</param>
    /// <param name="command">What it asks.</param>
    /// <exception cref="InvalidOperationException">The client has an open call.</exception>
    public void Call(int client, TCommand command) => Call(client, command, _position + 1);

    /// <summary>A client's open call returns with an answer.</summary>
    /// <param name="client">The client; it has an open call.</param>
    /// <param name="answer">What it is answered.</param>
    /// <exception cref="InvalidOperationException">The client has no open call.</exception>
    public void Return(int client, TAnswer answer) => Return(client, answer, _position + 1);

    /// <summary>A client gives its open call up: it may take effect at any time from its call on, or never. The client may call again.</summary>
    /// <param name="client">The client; it has an open call.</param>
    /// <exception cref="InvalidOperationException">The client has no open call.</exception>
    public void Abandon(int client) => TakeOpen(client);

    /// <summary>A client's open call is known never to have an effect: it leaves the history.</summary>
    /// <param name="client">The client; it has an open call.</param>
    /// <exception cref="InvalidOperationException">The client has no open call.</exception>
    public void Withdraw(int client) => _operations[TakeOpen(client)] = null;

    /// <summary>As <see cref="Call(int, TCommand)"/>, at a given position, not below those before.</summary>
    internal void Call(int client, TCommand command, long position)
    {
        if (OpenCallOf(client) is { } open)
        {
            throw new InvalidOperationException($"client {client} calls '{command}' while its call '{open.Command}' is open");
        }

        Advance(position);
        _open.Add(client, _operations.Count);
        _operations.Add(new HistoryOperation<TCommand, TAnswer> { Client = client, Command = command, Call = position });
    }

    /// <summary>As <see cref="Return(int, TAnswer)"/>, at a given position, not below those before.</summary>
    internal void Return(int client, TAnswer answer, long position)
    {
        int index = TakeOpen(client);
        Advance(position);
        HistoryOperation<TCommand, TAnswer> called = _operations[index]!;
        _operations[index] = new HistoryOperation<TCommand, TAnswer>
        {
            Client = client,
            Command = called.Command,
            Call = called.Call,
            Return = position,
            Answer = answer,
        };
    }

    /// <summary>The client's open call; null when it has none.</summary>
    internal HistoryOperation<TCommand, TAnswer>? OpenCallOf(int client) => _open.TryGetValue(client, out int index) ? _operations[index] : null;

    private int TakeOpen(int client) => _open.Remove(client, out int index)
        ? index
        : throw new InvalidOperationException($"client {client} returns without an open call");

    private void Advance(long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, _position);
        _position = position;
    }
}

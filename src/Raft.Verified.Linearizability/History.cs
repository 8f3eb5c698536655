namespace Raft.Verified.Linearizability;

/// <summary>
/// A recorder for operations as they happen. It numbers calls and returns in the order in which they are recorded, so
/// no two of them count as simultaneous. Instances are not thread-safe.
/// </summary>
/// <typeparam name="TCommand">The type of the clients' commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers to the clients.</typeparam>
public sealed class History<TCommand, TAnswer>
{
    private readonly List<HistoryOperation<TCommand, TAnswer>?> _operations = [];
    private readonly Dictionary<int, int> _open = [];
    private long _position;

    /// <summary>
    /// The operations that may have taken effect, in the order of their calls. An operation without a return has no
    /// answer.
    /// </summary>
    public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> Operations => [.. _operations.OfType<HistoryOperation<TCommand, TAnswer>>()];

    /// <summary>Records a call.</summary>
    /// <param name="client">The number of the client, which has no open call.</param>
    /// <param name="command">The command of the client.</param>
    /// <exception cref="InvalidOperationException">The client has an open call.</exception>
    public void Call(int client, TCommand command) => Call(client, command, _position + 1);

    /// <summary>Records the return of an open call.</summary>
    /// <param name="client">The number of the client, which has an open call.</param>
    /// <param name="answer">The answer to the client.</param>
    /// <exception cref="InvalidOperationException">The client has no open call.</exception>
    public void Return(int client, TAnswer answer) => Return(client, answer, _position + 1);

    /// <summary>
    /// Records that a client gave up its open call. The operation may take effect at any time after its call, or never.
    /// The client may call again.
    /// </summary>
    /// <param name="client">The number of the client, which has an open call.</param>
    /// <exception cref="InvalidOperationException">The client has no open call.</exception>
    public void Abandon(int client) => TakeOpen(client);

    /// <summary>Removes an open call that is known never to take effect.</summary>
    /// <param name="client">The number of the client, which has an open call.</param>
    /// <exception cref="InvalidOperationException">The client has no open call.</exception>
    public void Withdraw(int client) => _operations[TakeOpen(client)] = null;

    /// <summary>Records a call at a given position, like <see cref="Call(int, TCommand)"/>.</summary>
    /// <param name="client">The number of the client, which has no open call.</param>
    /// <param name="command">The command of the client.</param>
    /// <param name="position">The position of the call, at least that of the last call or return.</param>
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

    /// <summary>Records a return at a given position, like <see cref="Return(int, TAnswer)"/>.</summary>
    /// <param name="client">The number of the client, which has an open call.</param>
    /// <param name="answer">The answer to the client.</param>
    /// <param name="position">The position of the return, at least that of the last call or return.</param>
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

    /// <summary>Returns the open call of a client; null when it has none.</summary>
    /// <param name="client">The number of the client.</param>
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

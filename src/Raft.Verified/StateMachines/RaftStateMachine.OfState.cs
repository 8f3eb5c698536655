using System.Buffers;
using System.Text.Json.Serialization;

namespace Raft.Verified.StateMachines;

/// <summary>
/// The base of a state machine whose whole state is one value that can be serialized. A derived class overrides
/// <see cref="RaftStateMachine{TCommand, TAnswer}.Apply"/> and nothing else.
/// </summary>
/// <typeparam name="TState">The type of the state.</typeparam>
/// <typeparam name="TCommand">The type of the commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers.</typeparam>
/// <remarks>
/// Snapshots hold what the serializer writes of <see cref="State"/>, and nothing that is kept elsewhere. Prefer sorted
/// collections in the state: the order of a <see cref="Dictionary{TKey, TValue}"/> or a <see cref="HashSet{T}"/> depends
/// on the removals before, so equal states may give different bytes.
/// </remarks>
public abstract class RaftStateMachine<TState, TCommand, TAnswer> : RaftStateMachine<TCommand, TAnswer>
    where TState : notnull
{
    private readonly IRaftSerializer<TState> _states;

    /// <summary>Creates a state machine whose commands, answers and state are JSON.</summary>
    /// <param name="initial">The state before the first command; each state machine needs a value of its own.</param>
    /// <param name="json">The context that knows the three types, such as <c>MyJson.Default</c>.</param>
    /// <exception cref="ArgumentException">The context does not know one of the types.</exception>
    protected RaftStateMachine(TState initial, JsonSerializerContext json)
        : this(initial, new JsonRaftSerializer<TState>(json), new RaftCodec<TCommand, TAnswer>(json))
    {
    }

    /// <summary>Creates a state machine with any encoding.</summary>
    /// <param name="initial">The state before the first command; each state machine needs a value of its own.</param>
    /// <param name="states">The serializer of the state.</param>
    /// <param name="codec">The encoding of commands and answers.</param>
    protected RaftStateMachine(TState initial, IRaftSerializer<TState> states, RaftCodec<TCommand, TAnswer> codec)
        : base(codec)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(states);
        State = initial;
        _states = states;
    }

    /// <summary>The whole state. A derived class may change it or replace it, inside <c>Apply</c> only.</summary>
    protected TState State { get; set; }

    /// <inheritdoc />
    protected sealed override void WriteSnapshot(IBufferWriter<byte> output) => _states.Serialize(State, output);

    /// <inheritdoc />
    protected sealed override void ReadSnapshot(ReadOnlyMemory<byte> snapshot) => State = _states.Deserialize(snapshot)
        ?? throw new InvalidDataException($"The snapshot holds null; expected a {typeof(TState).Name}.");
}

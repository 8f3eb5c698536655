namespace Raft.Verified.Linearizability.Models;

/// <summary>What can be asked of a register.</summary>
public enum RegisterCommandKind
{
    /// <summary>Its value.</summary>
    Read,

    /// <summary>To take a value.</summary>
    Write,

    /// <summary>To take a value if it has another one.</summary>
    CompareAndSet,
}

/// <summary>A command to a register.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Value">The value to take; nothing to a read.</param>
/// <param name="Expected">The value that a compare-and-set demands; nothing to the others.</param>
public readonly record struct RegisterCommand(RegisterCommandKind Kind, DataValue Value = default, DataValue Expected = default)
{
    /// <summary>A read.</summary>
    public static RegisterCommand Read() => new(RegisterCommandKind.Read);

    /// <summary>A write.</summary>
    public static RegisterCommand Write(DataValue value) => new(RegisterCommandKind.Write, value);

    /// <summary>A compare-and-set.</summary>
    public static RegisterCommand CompareAndSet(DataValue expected, DataValue value) => new(RegisterCommandKind.CompareAndSet, value, expected);

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        RegisterCommandKind.Read => "read",
        RegisterCommandKind.Write => $"write {Value}",
        _ => $"cas [{Expected} {Value}]",
    };
}

/// <summary>A register's answer.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Value">The value read; nil when there was none yet, and to other commands.</param>
/// <param name="Succeeded">Whether the register took the value; true to a read.</param>
public readonly record struct RegisterAnswer(RegisterCommandKind Kind, DataValue Value = default, bool Succeeded = true)
{
    /// <inheritdoc />
    public override string ToString() => Kind == RegisterCommandKind.Read ? $"{Value}" : Succeeded ? "ok" : "fail";
}

/// <summary>A register's state.</summary>
/// <param name="Value">Its value; nil before the first write.</param>
public readonly record struct RegisterState(DataValue Value)
{
    /// <inheritdoc />
    public override string ToString() => $"{Value}";
}

/// <summary>A register with compare-and-set.</summary>
public static class RegisterModel
{
    /// <summary>The model of a register that has the value nil at first.</summary>
    public static SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> Instance { get; } = StartingWith(DataValue.Nil);

    /// <summary>The model of a register that has a given value at first.</summary>
    public static SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> StartingWith(DataValue initial) => new()
    {
        Name = "register",
        Initial = new RegisterState(initial),
        IsReadOnly = command => command.Kind == RegisterCommandKind.Read,
        Rules = new AnswerRules<RegisterState, RegisterCommand, RegisterAnswer>
        {
            // What a compare-and-set does depends on the state, too: no two values are alike to it.
            IsObserver = command => command.Kind == RegisterCommandKind.Read,
            MayShow = (state, answer) => state.Value == answer.Value,
            MayBring = (command, answer) => command.Value == answer.Value,
        },
        Step = (state, command) => command.Kind switch
        {
            RegisterCommandKind.Read => (state, new RegisterAnswer(command.Kind, state.Value)),
            RegisterCommandKind.CompareAndSet when state.Value != command.Expected => (state, new RegisterAnswer(command.Kind, Succeeded: false)),
            _ => (new RegisterState(command.Value), new RegisterAnswer(command.Kind)),
        },
    };
}

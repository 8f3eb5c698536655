namespace Raft.Verified.Specifications.Linearizability.Models;

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
public readonly record struct RegisterCommand(RegisterCommandKind Kind, int Value = 0, int Expected = 0)
{
    /// <summary>A read.</summary>
    public static RegisterCommand Read() => new(RegisterCommandKind.Read);

    /// <summary>A write.</summary>
    public static RegisterCommand Write(int value) => new(RegisterCommandKind.Write, value);

    /// <summary>A compare-and-set.</summary>
    public static RegisterCommand CompareAndSet(int expected, int value) => new(RegisterCommandKind.CompareAndSet, value, expected);

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
/// <param name="Value">The value read; null when there was none yet, and to other commands.</param>
/// <param name="Succeeded">Whether the register took the value; true to a read.</param>
public readonly record struct RegisterAnswer(RegisterCommandKind Kind, int? Value = null, bool Succeeded = true)
{
    /// <inheritdoc />
    public override string ToString() => Kind == RegisterCommandKind.Read ? Text(Value) : Succeeded ? "ok" : "fail";

    internal static string Text(int? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nil";
}

/// <summary>A register's state.</summary>
/// <param name="Value">Its value; null before the first write.</param>
public readonly record struct RegisterState(int? Value)
{
    /// <inheritdoc />
    public override string ToString() => RegisterAnswer.Text(Value);
}

/// <summary>A register with compare-and-set. At first it has no value, and a compare-and-set fails.</summary>
public static class RegisterModel
{
    /// <summary>The model.</summary>
    public static SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> Instance { get; } = new()
    {
        Name = "register",
        Initial = new RegisterState(null),
        IsReadOnly = command => command.Kind == RegisterCommandKind.Read,
        Step = (state, command) => command.Kind switch
        {
            RegisterCommandKind.Read => (state, new RegisterAnswer(command.Kind, state.Value)),
            RegisterCommandKind.CompareAndSet when state.Value != command.Expected => (state, new RegisterAnswer(command.Kind, Succeeded: false)),
            _ => (new RegisterState(command.Value), new RegisterAnswer(command.Kind)),
        },
    };
}

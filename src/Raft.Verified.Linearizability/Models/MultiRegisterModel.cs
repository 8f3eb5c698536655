using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>A read or a write of one register, a part of a <see cref="MultiRegisterCommand"/>.</summary>
/// <param name="IsWrite">Whether the register is written; otherwise it is read.</param>
/// <param name="Register">The register's name.</param>
/// <param name="Value">The value to write; nil to a read.</param>
public readonly record struct MultiRegisterStep(bool IsWrite, string Register, DataValue Value)
{
    /// <inheritdoc />
    public override string ToString() => IsWrite ? $"[w {Register} {Value}]" : $"[r {Register}]";
}

/// <summary>A command to several registers: reads and writes, which take effect together and in this order.</summary>
/// <param name="Steps">The reads and writes.</param>
public sealed record MultiRegisterCommand(ImmutableArray<MultiRegisterStep> Steps)
{
    /// <inheritdoc />
    public bool Equals(MultiRegisterCommand? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc />
    public override int GetHashCode() => Steps.IsEmpty ? 0 : HashCode.Combine(Steps.Length, Steps[0], Steps[^1]);

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', Steps);
}

/// <summary>An answer of several registers.</summary>
/// <param name="Read">The values read, one for each read of the command, in its order; null where the client does not know the value.</param>
public sealed record MultiRegisterAnswer(ImmutableArray<DataValue?> Read)
{
    /// <inheritdoc />
    public bool Equals(MultiRegisterAnswer? other) => other is not null && Read.SequenceEqual(other.Read);

    /// <inheritdoc />
    public override int GetHashCode() => Read.IsEmpty ? 0 : HashCode.Combine(Read.Length, Read[0], Read[^1]);

    /// <inheritdoc />
    public override string ToString() => Read.IsEmpty ? "ok" : $"[{string.Join(' ', Read.Select(value => value is { } known ? $"{known}" : "?"))}]";

    /// <summary>Whether a client that got this answer may have got another one, which knows all values.</summary>
    internal bool Fits(MultiRegisterAnswer other) => Read.Length == other.Read.Length && Read.Zip(other.Read).All(pair => pair.First is null || pair.First == pair.Second);
}

/// <summary>Registers that are read and written together.</summary>
public static class MultiRegisterModel
{
    /// <summary>The model of registers that have the value nil at first.</summary>
    public static SequentialModel<MultiRegisterState, MultiRegisterCommand, MultiRegisterAnswer> Instance { get; } = StartingWith(MultiRegisterState.Empty);

    /// <summary>The model of registers that have given values at first.</summary>
    public static SequentialModel<MultiRegisterState, MultiRegisterCommand, MultiRegisterAnswer> StartingWith(MultiRegisterState initial) => new()
    {
        Name = "multi-register",
        Initial = initial,
        IsReadOnly = command => command.Steps.All(step => !step.IsWrite),
        Accepts = (got, expected) => got.Fits(expected),
        Step = Step,
    };

    private static (MultiRegisterState State, MultiRegisterAnswer Answer) Step(MultiRegisterState state, MultiRegisterCommand command)
    {
        ImmutableArray<DataValue?>.Builder read = ImmutableArray.CreateBuilder<DataValue?>();
        foreach (MultiRegisterStep step in command.Steps)
        {
            if (step.IsWrite)
            {
                state = state.Write(step.Register, step.Value);
            }
            else
            {
                read.Add(state.Read(step.Register));
            }
        }

        return (state, new MultiRegisterAnswer(read.ToImmutable()));
    }
}

using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

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

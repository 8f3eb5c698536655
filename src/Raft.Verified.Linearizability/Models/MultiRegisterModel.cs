using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>The model of several registers that are read and written atomically.</summary>
public static class MultiRegisterModel
{
    /// <summary>The model of registers whose initial value is nil.</summary>
    public static SequentialModel<MultiRegisterState, MultiRegisterCommand, MultiRegisterAnswer> Instance { get; } = StartingWith(MultiRegisterState.Empty);

    /// <summary>Creates the model of registers with given initial values.</summary>
    /// <param name="initial">The initial values.</param>
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

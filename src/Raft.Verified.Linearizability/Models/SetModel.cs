namespace Raft.Verified.Linearizability.Models;

/// <summary>The model of a set that only grows and is empty initially.</summary>
public static class SetModel
{
    /// <summary>The model of one set.</summary>
    public static SequentialModel<SetState, SetCommand, SetAnswer> Instance { get; } = new()
    {
        Name = "set",
        Initial = SetState.Empty,
        IsReadOnly = command => !command.IsAdd,
        Step = (state, command) => command.IsAdd ? (state.Add(command.Element), new SetAnswer(null)) : (state, new SetAnswer(state)),
    };
}

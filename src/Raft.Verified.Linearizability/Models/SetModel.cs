namespace Raft.Verified.Linearizability.Models;

/// <summary>A set that only grows, without elements at first.</summary>
public static class SetModel
{
    /// <summary>The model.</summary>
    public static SequentialModel<SetState, SetCommand, SetAnswer> Instance { get; } = new()
    {
        Name = "set",
        Initial = SetState.Empty,
        IsReadOnly = command => !command.IsAdd,
        Step = (state, command) => command.IsAdd ? (state.Add(command.Element), new SetAnswer(null)) : (state, new SetAnswer(state)),
    };
}

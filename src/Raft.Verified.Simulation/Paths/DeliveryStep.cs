using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>The receipt of a message by a server.</summary>
/// <param name="Text">The readable text of the step.</param>
/// <param name="Message">A message with the same content. The data of a snapshot are not compared.</param>
public sealed record DeliveryStep(string Text, Message Message) : PathStep(Message.To, Text);

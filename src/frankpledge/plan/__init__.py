"""What a partnership has set out to do: priorities, objectives, measures, actions, and how far each has got.

Read from ``plan.yaml`` of the workspace, until there is a site that keeps the plan. What can be told of it by rule is
told here (the status of an action, the reading of a measure, the gaps in the golden thread), so that no report
can tell it otherwise.
"""
